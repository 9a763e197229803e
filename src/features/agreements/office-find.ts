import { and, eq, inArray, isNotNull, isNull, type SQL, sql, type SQLWrapper } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreementFinding, agreements } from '#db/schema/index.ts'
import { isCrowded, markCrowded } from './crowded.ts'
import type { Conditions } from './office-conditions.ts'
import type { Order } from './office-order.ts'

/**
 * Up to so many agreements are found, counted and put in order; beyond, the list walks along the order's index until
 * the page is full, and does not count.
 */
const countedAtMost = 2000

/** Pages of a list that was not counted end here. */
const walkedAtMost = 1000

export interface Search {
  readonly conditions: Conditions
  readonly order: Order
  readonly offset: number
  readonly limit: number
}

export interface FoundPage {
  /** In order. */
  readonly ids: readonly string[]
  /** All of them, or more than which there are. */
  readonly total: number
  readonly more: boolean
  /** Of how many the pages can be seen. */
  readonly reachable: number
}

/**
 * One page of the agreements that fit.
 * @param known how many there are, where that is known already
 */
export async function findPage(database: Database, search: Search, known?: number): Promise<FoundPage> {
  if (known !== undefined && known > countedAtMost) return walkPage(database, search)
  const ways = waysToCount(search)
  const untried = ways.filter(({ question }) => !isCrowded(database, question))
  const counted = await countBy(database, search, untried)
  if (counted !== undefined) return counted
  const walked = await walkPage(database, search)
  if (untried.length === ways.length || walked.ids.length === Math.min(search.limit, walkedAtMost - search.offset)) {
    return walked
  }
  // Fewer than a page: there may not be so many any more.
  return (await countBy(database, search, ways)) ?? walked
}

/** What finds the agreements. */
interface Way {
  /** The question as such, in whatever order they are wanted. */
  readonly question: SQL
  /** Their ids, at most one more than are counted; where it is not by words, with the keys of the order beside them. */
  readonly hits: SQL
  /** What those of them that fit have, with the keys of the order. */
  readonly fitting: SQL
}

/** Among the hits, unless they are too many: then nothing is looked at. */
const unlessCrowded = sql`(select n from found) <= ${countedAtMost}`

function waysToCount(search: Search): readonly Way[] {
  const { conditions } = search
  const { words, indexed } = conditions
  const columns = keysOf(search.order)
  const byFilters = sql`
    select ${agreements.id} as id, ${columns} from ${agreements} where ${indexed} limit ${countedAtMost + 1}`
  const all = sql`select * from hits where ${unlessCrowded}`
  if (words === undefined) return [{ question: indexed, hits: byFilters, fitting: all }]
  // "offset 0" keeps the planner from reading the whole register instead of looking up a few of it.
  const lookedUp = sql`
    select one.* from (select id from hits where ${unlessCrowded} offset 0) as hit
    cross join lateral (
      select ${agreements.id} as id, ${columns} from ${agreements}
      where ${agreements.id} = hit.id and ${and(conditions.plain, inStates(conditions))} offset 0
    ) as one`
  const byWords = hitsByWords(conditions)
  return [
    { question: byWords, hits: byWords, fitting: lookedUp },
    { question: indexed, hits: byFilters, fitting: sql`${all} and ${hasWords(words, sql`hits.id`)}` },
  ]
}

async function countBy(database: Database, search: Search, ways: readonly Way[]): Promise<FoundPage | undefined> {
  for (const way of ways) {
    const page = await countAndSort(database, search, way)
    if (page !== undefined) return page
    markCrowded(database, way.question)
  }
  return undefined
}

/** Agreements that have the words and the filters that tokens know; the other filters are for later. */
function hitsByWords({ wordsAndFacets }: Conditions): SQL {
  return sql`
    select ${agreementFinding.agreementId} as id from ${agreementFinding}
    where ${agreementFinding.tokens} @@ ${wordsAndFacets}::tsquery limit ${countedAtMost + 1}`
}

/** For one row: asked of thousands, not of the whole register. */
function hasWords(words: string, id: SQLWrapper = agreements.id): SQL {
  return sql`(
    select ${agreementFinding.tokens} from ${agreementFinding} where ${agreementFinding.agreementId} = ${id}
  ) @@ ${words}::tsquery`
}

/** The order's keys that stand in the agreement's own row. */
const ownKeys = (order: Order) => order.keys.filter(({ value }) => order.title === undefined || value !== order.title)

const keysOf = (order: Order) =>
  list(
    ownKeys(order).map(
      ({ value }, n) => sql`${value === agreementFinding.agreementId ? agreements.id : value} as ${key(n)}`,
    ),
  )

/** Finds all hits and puts those that fit in order; undefined where there are too many. */
async function countAndSort(
  database: Database,
  { order, offset, limit }: Search,
  { hits, fitting }: Way,
): Promise<FoundPage | undefined> {
  // A title is looked up for those that fit, once it is known that they are few.
  const title =
    order.title === undefined
      ? sql``
      : sql`left join lateral (
          select ${order.title} as title from ${agreementFinding} where ${agreementFinding.agreementId} = fitting.id
        ) as titled on true`
  const ways = [
    ...(order.title === undefined ? [] : [sql`title ${order.keys[0]?.way} nulls last`]),
    ...ownKeys(order).map(({ way }, n) => sql`${key(n)} ${lastWithout(order, way)}`),
  ]
  const rows = await database.execute<{ id: string | null; found: number; total: number }>(sql`
    with hits as materialized (${hits}), found as materialized (select count(*)::int as n from hits),
    fitting as materialized (${fitting}), page as (
      select fitting.id, row_number() over (order by ${list(ways)}) as place from fitting ${title}
      order by ${list(ways)} limit ${limit} offset ${offset}
    )
    select page.id, (select n from found) as found, (select count(*)::int from fitting) as total
    from found left join page on true order by page.place`)
  const [{ found, total } = { found: 0, total: 0 }] = rows
  if (found > countedAtMost) return undefined
  return { ids: rows.flatMap((row) => row.id ?? []), total, more: false, reachable: total }
}

const list = (parts: readonly SQL[]) => sql.join([...parts], sql`, `)
const key = (n: number) => sql.identifier(`key_${n}`)

/** Whoever lacks what the order is by comes last, whichever way it goes; the other orders say so themselves. */
const lastWithout = ({ lacked }: Order, way: SQL) => (lacked === undefined ? way : sql`${way} nulls last`)

function inStates({ states }: Conditions): SQL | undefined {
  return states.length === 0 ? undefined : inArray(agreements.state, [...states])
}

async function walkPage(database: Database, search: Search): Promise<FoundPage> {
  const { offset, limit } = search
  const most = Math.min(limit, walkedAtMost - offset)
  const ids = most <= 0 ? [] : await walk(database, { ...search, limit: most })
  return { ids, total: countedAtMost, more: true, reachable: walkedAtMost }
}

/** Those that have what the order is by, and after the last of them those that lack it. */
async function walk(database: Database, search: Search): Promise<readonly string[]> {
  const { order, offset, limit } = search
  if (order.lacked === undefined) return (await along(database, search, undefined)).slice(offset)
  const having = await along(database, search, isNotNull(order.lacked))
  if (having.length >= offset + limit) return having.slice(offset)
  // All that have it are known now; so many of the rest are on earlier pages.
  const rest = Math.max(0, offset - having.length)
  const lacking = await along(
    database,
    { ...search, offset: rest, limit: offset + limit - having.length - rest, order: { ...byId, title: order.title } },
    isNull(order.lacked),
  )
  return [...having.slice(offset), ...lacking.slice(rest)]
}

const byId: Order = {
  keys: [{ value: agreements.id, way: sql`asc` }],
  lacked: undefined,
  title: undefined,
  byState: false,
}

/**
 * The first `offset + limit` in order. Each state is walked by itself, in the index that holds its agreements in this
 * order: a state's agreements may all stand at one end of an order.
 */
async function along(database: Database, search: Search, more: SQL | undefined): Promise<string[]> {
  const { conditions, order, offset, limit } = search
  const { plain, words, states } = conditions
  const most = offset + limit
  const found = words === undefined ? undefined : hasWords(words)
  const by = list(order.keys.map(({ value, way }) => sql`${value} ${way}`))
  if (order.title !== undefined) {
    const rows = await database.execute<{ id: string }>(sql`
      select one.id from ${agreementFinding} cross join lateral (
        select ${agreements.id} as id from ${agreements}
        where ${agreements.id} = ${agreementFinding.agreementId} and ${and(plain, inStates(conditions))} offset 0
      ) as one
      where ${and(more, words === undefined ? undefined : sql`${agreementFinding.tokens} @@ ${words}::tsquery`)}
      order by ${order.keys[0]?.value === agreements.id ? agreementFinding.agreementId : by} limit ${most}`)
    return rows.map((row) => row.id)
  }
  const columns = list([sql`${agreements.id}`, ...order.keys.map(({ value }, n) => sql`${value} as ${key(n)}`)])
  const one = (state: SQL | undefined) =>
    sql`(select ${columns} from ${agreements} where ${and(plain, more, state, found)} order by ${by} limit ${most})`
  const each =
    states.length === 0 || order.byState ? [inStates(conditions)] : states.map((state) => eq(agreements.state, state))
  const merged = list(order.keys.map(({ way }, n) => sql`${key(n)} ${way}`))
  const rows = await database.execute<{ id: string }>(
    each.length === 1
      ? one(each[0])
      : sql`select id from (${sql.join(each.map(one), sql` union all `)}) as merged order by ${merged} limit ${most}`,
  )
  return rows.map((row) => row.id)
}
