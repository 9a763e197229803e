import { and, eq, or, sql } from 'drizzle-orm'
import { among } from '#db/among.ts'
import type { Database, Queryable } from '#db/client.ts'
import { agreementLinks, agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { entriesOf, type OfficeEntry } from '#features/agreements/office-entries.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { listForOffice } from '#features/agreements/office-list.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { LinkKind, Pair } from './model.ts'

export interface Link {
  readonly kind: LinkKind
  /** Whether the other one is the earlier of the two. */
  readonly isEarlier: boolean
  readonly other: OfficeEntry
}

/** The earlier and later agreements of one, as far as the actor may see them. */
export async function linksOf(database: Queryable, actor: Actor, id: string, locale: Locale): Promise<Link[]> {
  const links = await database
    .select()
    .from(agreementLinks)
    .where(or(eq(agreementLinks.agreementId, id), eq(agreementLinks.otherId, id)))
  if (links.length === 0) return []
  const others = links.map((link) => (link.agreementId === id ? link.otherId : link.agreementId))
  const rows = await database
    .select()
    .from(agreements)
    .where(and(among(agreements.id, others), visibleTo(actor)))
  const entries = await entriesOf(database, rows, locale)
  return links.flatMap((link) => {
    const isEarlier = link.agreementId === id
    const other = entries.find((entry) => entry.id === (isEarlier ? link.otherId : link.agreementId))
    return other === undefined ? [] : [{ kind: link.kind, isEarlier, other }]
  })
}

/** Agreements that fit the words, to choose one from; never the agreement itself. */
export async function candidates(
  database: Database,
  actor: Actor,
  {
    id,
    words,
    locale,
    today,
    timeZone,
  }: { id: string; words: string; locale: Locale; today: Temporal.PlainDate; timeZone: string },
): Promise<readonly OfficeEntry[]> {
  const filters = readOfficeFilters(new URLSearchParams({ q: words, size: '20' }))
  const { entries } = await listForOffice(database, actor, filters, locale, today, timeZone)
  return entries.filter((entry) => entry.id !== id)
}

/** Every link that an earlier agreement can be reached by from one, itself and those on the way included. */
export async function linksBefore(database: Queryable, id: string): Promise<Pair[]> {
  const rows = await database.execute<{ later: string; earlier: string }>(sql`
    with recursive reached as (
      select agreement_id as later, other_id as earlier from ${agreementLinks} where agreement_id = ${id}
      union
      select link.agreement_id, link.other_id from ${agreementLinks} link
      join reached on reached.earlier = link.agreement_id
    )
    select later, earlier from reached`)
  return rows.map(({ later, earlier }): Pair => [later, earlier])
}
