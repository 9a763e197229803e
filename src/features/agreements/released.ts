import { and, desc, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { publications } from '#db/schema/index.ts'
import { current, publishedColumns } from '#features/publications/queries.ts'
import type { Filters } from '#features/publications/filters.ts'
import type { Published, Shelf } from '#features/publications/shelf.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { type AgreementEntry, agreementEntry } from './list.ts'

/** The public register as a whole, beyond one page of it. */

/** What is public now. */
export const released = and(eq(publications.kind, 'agreement'), current)

export const newestFirst = [sql`${publications.sortDate} desc nulls last`, desc(publications.recordId)]

/** How many agreements are read at once. */
const batchSize = 500

function fitting({ chosen }: Pick<Filters, 'chosen'>): SQL | undefined {
  const having = (column: SQL, values: readonly string[] = []) =>
    values.length === 0
      ? undefined
      : sql`${column} && array[${sql.join(
          values.map((value) => sql`${value}`),
          sql`, `,
        )}]::text[]`
  return and(
    released,
    having(sql`array[${publications.recordKind}]`, chosen['kind']),
    having(sql`${publications.countries}`, chosen['country']),
    having(sql`${publications.fields}`, chosen['field']),
  )
}

/** How many public agreements fit; all of them where nothing is chosen. */
export async function countReleased(
  database: Queryable,
  filters: Pick<Filters, 'chosen'> = { chosen: {} },
): Promise<number> {
  const [row] = await database
    .select({ count: sql<number>`count(*)::int` })
    .from(publications)
    .where(fitting(filters))
  return row?.count ?? 0
}

/** The public agreements that fit, the newest first, some hundreds at a time: each batch begins after the one before. */
export async function* releasedBatches(
  database: Queryable,
  filters: Pick<Filters, 'chosen'>,
): AsyncGenerator<readonly Published<'agreement'>[]> {
  let after: SQL | undefined
  for (;;) {
    const rows = await database
      .select(publishedColumns)
      .from(publications)
      .where(and(fitting(filters), after))
      .orderBy(...newestFirst)
      .limit(batchSize)
    if (rows.length > 0) yield rows as Published<'agreement'>[]
    const last = rows.at(-1)
    if (last === undefined || rows.length < batchSize) return
    after = following(last)
  }
}

/** What comes after a record in the order of the register. */
function following({ sortDate, recordId }: { readonly sortDate: string | null; readonly recordId: string }) {
  const further = lt(publications.recordId, recordId)
  if (sortDate === null) return and(isNull(publications.sortDate), further)
  return or(
    lt(publications.sortDate, sortDate),
    isNull(publications.sortDate),
    and(eq(publications.sortDate, sortDate), further),
  )
}

/** The newest of some public agreements, and how many of them there are. */
export interface Released {
  readonly entries: readonly AgreementEntry[]
  readonly total: number
}

/** The public agreements with a party in a country, the newest first: `most` of them, and how many there are. */
export async function releasedIn(
  database: Queryable,
  partners: Shelf<'partner'>,
  country: string,
  locale: Locale,
  most: number,
): Promise<Released> {
  const filters = { chosen: { country: [country] } }
  const [rows, total] = await Promise.all([
    database
      .select(publishedColumns)
      .from(publications)
      .where(fitting(filters))
      .orderBy(...newestFirst)
      .limit(most),
    countReleased(database, filters),
  ])
  return { total, entries: (rows as Published<'agreement'>[]).map((row) => agreementEntry(row, partners, locale)) }
}
