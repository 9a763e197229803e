import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { publications } from '#db/schema/index.ts'
import { current, publishedShelves } from '#features/publications/queries.ts'
import type { SelectionItem } from '#features/selections/model.ts'

/** The two sides of a brief: partners who receive, and partners or whole countries that come. */
export interface TwoSides {
  readonly hosts: readonly string[]
  readonly guests: readonly string[]
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[]
}

/** Agreements at most that a brief shows beside those that were chosen. */
const mostBetween = 100

/** The sides of a selection without a visit: partners in China, and partners and countries abroad. */
export async function sidesOf(database: Queryable, items: readonly SelectionItem[]): Promise<TwoSides> {
  const { partner } = await publishedShelves(database)
  const ids = items.filter(({ kind }) => kind === 'partner').map(({ id }) => id)
  const isAbroad = (id: string) => partner.byId.get(id)?.content.side === 'abroad'
  return {
    hosts: ids.filter((id) => !isAbroad(id)),
    guests: ids.filter(isAbroad),
    countries: items.filter(({ kind, id }) => kind === 'country' && id !== 'CN').map(({ id }) => id),
  }
}

/** Slugs of the public agreements with a party of either side, the newest first. */
export async function agreementsBetween(
  database: Queryable,
  { hosts, guests, countries }: TwoSides,
): Promise<readonly string[]> {
  if (hosts.length === 0 || (guests.length === 0 && countries.length === 0)) return []
  const list = (values: readonly string[], type: 'uuid' | 'text'): SQL =>
    values.length === 0
      ? sql`array[]::${sql.raw(type)}[]`
      : sql`array[${sql.join(
          values.map((value) => sql`${value}`),
          sql`, `,
        )}]::${sql.raw(type)}[]`
  const rows = await database
    .select({ slug: publications.slug })
    .from(publications)
    .where(
      and(
        eq(publications.kind, 'agreement'),
        current,
        sql`${publications.partnerIds} && ${list(hosts, 'uuid')}`,
        sql`(${publications.partnerIds} && ${list(guests, 'uuid')} or ${publications.countries} && ${list(countries, 'text')})`,
      ),
    )
    .orderBy(sql`${publications.sortDate} desc nulls last`, desc(publications.recordId))
    .limit(mostBetween)
  return rows.map(({ slug }) => slug)
}
