import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreementFinding, agreements } from '#db/schema/index.ts'
import type { Order } from './office-order.ts'

/**
 * As many agreements as a list counts and pages through. Up to here it finds all that fit and puts them in order;
 * beyond, it walks along the order's index until the page is full, and does not count the rest.
 */
export const countedAtMost = 5000

export interface Search {
  /** With the scope in it. */
  readonly where: SQL
  readonly order: Order
  readonly offset: number
  readonly limit: number
}

export interface FoundPage {
  /** In order. */
  readonly ids: readonly string[]
  readonly total: number
  /** There are more than `total`. */
  readonly more: boolean
}

/** One page of the agreements that fit. */
export async function findPage(database: Database, search: Search): Promise<FoundPage> {
  const counted = await countAndSort(database, search)
  if (counted.total <= countedAtMost) return { ...counted, more: false }
  return { ids: await walk(database, search), total: countedAtMost, more: true }
}

type Row = { readonly id: string }

async function countAndSort(database: Database, { where, order, offset, limit }: Search) {
  const join = order.byTitle
    ? sql`left join ${agreementFinding} on ${agreementFinding.agreementId} = ${agreements.id}`
    : sql``
  const rows = await database.execute<{ id: string | null; total: number }>(sql`
    with hits as materialized (
      select ${agreements.id} from ${agreements} where ${where} limit ${countedAtMost + 1}
    ), counted as (
      select count(*)::int as total from hits
    ), page as (
      select ${agreements.id}, row_number() over (order by ${order.all}) as place
      from hits join ${agreements} on ${agreements.id} = hits.id ${join}
      where (select total from counted) <= ${countedAtMost}
      order by ${order.all} limit ${limit} offset ${offset}
    )
    select page.id, counted.total from counted left join page on true order by page.place`)
  return { ids: rows.flatMap((row) => row.id ?? []), total: rows[0]?.total ?? 0 }
}

/** Those that have what the order is by, and after the last of them those that lack it. */
async function walk(database: Database, { where, order, offset, limit }: Search): Promise<string[]> {
  const from = order.byTitle
    ? sql`${agreementFinding} join ${agreements} on ${eq(agreements.id, agreementFinding.agreementId)}`
    : sql`${agreements}`
  const step = async (more: SQL | undefined, by: SQL, from_: number, most: number) => {
    const rows = await database.execute<Row>(
      sql`select ${agreements.id} from ${from} where ${and(where, more)} order by ${by} limit ${most} offset ${from_}`,
    )
    return rows.map((row) => row.id)
  }
  const { value } = order
  if (value === undefined) return step(undefined, order.by, offset, limit)
  const having = await step(isNotNull(value as never), order.by, offset, limit)
  if (having.length === limit) return having
  const [{ n } = { n: 0 }] = await database.execute<{ n: number }>(sql`
    select count(*)::int as n from (
      select from ${from} where ${and(where, isNotNull(value as never))} limit ${offset}
    ) as having`)
  const lacking = await step(isNull(value as never), sql`${agreements.id}`, offset - n, limit - having.length)
  return [...having, ...lacking]
}
