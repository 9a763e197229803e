import { sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { among } from '#db/among.ts'
import type { Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import {
  agreementParties,
  agreements,
  agreementTexts,
  facilityTexts,
  labTexts,
  partnerTexts,
  users,
} from '#db/schema/index.ts'
import { bestName, type Named } from '#features/hub/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'

/** Names of partners by id and language, as the office has them (not as they were published). */
export async function partnerNamesById(
  database: Queryable,
  partnerIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const ids = [...new Set(partnerIds.filter((id) => id !== null))]
  if (ids.length === 0) return new Map()
  return byId(await partnerNameRows(database, { ids }))
}

const partnerNameRows = keptQuery<{ ids: readonly string[] }>()((database, value) =>
  database
    .select({ id: partnerTexts.partnerId, locale: partnerTexts.locale, name: partnerTexts.name })
    .from(partnerTexts)
    .where(among(partnerTexts.partnerId, value('ids'))),
)

/**
 * Names of people, partners, labs and facilities by id, all in one question: what speaks of one kind mostly speaks of
 * the others too. A person's name has no language.
 */
export async function linkNamesById(
  database: Queryable,
  given: readonly (string | null)[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const ids = [...new Set(given.filter((id) => id !== null))]
  if (ids.length === 0) return new Map()
  return byId(await linkNames(database, { ids }))
}

const linkNames = keptQuery<{ ids: readonly string[] }>()((database, value) => {
  const ids = value('ids')
  const name = sql<string | null>`coalesce(${users.name}, ${users.email})`.as('name')
  const language = sql<string>`'und'`.as('locale')
  return unionAll(
    database.select({ id: users.id, locale: language, name }).from(users).where(among(users.id, ids)),
    database
      .select({ id: partnerTexts.partnerId, locale: partnerTexts.locale, name: partnerTexts.name })
      .from(partnerTexts)
      .where(among(partnerTexts.partnerId, ids)),
    database
      .select({ id: labTexts.labId, locale: labTexts.locale, name: labTexts.name })
      .from(labTexts)
      .where(among(labTexts.labId, ids)),
    database
      .select({ id: facilityTexts.facilityId, locale: facilityTexts.locale, name: facilityTexts.name })
      .from(facilityTexts)
      .where(among(facilityTexts.facilityId, ids)),
  )
})

function byId(rows: readonly { readonly id: string; readonly locale: string; readonly name: string | null }[]) {
  const names = new Map<string, Record<string, string>>()
  for (const { id, locale, name } of rows) {
    if (name !== null) names.set(id, { ...names.get(id), [locale]: name })
  }
  return names
}

/** What a line about an agreement says of it: its best title, its parties, and who is responsible. */
export interface AgreementLabel {
  readonly title: Named | undefined
  readonly parties: readonly Named[]
  readonly officer: string | undefined
}

type Names = Readonly<Record<string, string>>

/** What a label is made of, as columns beside those of an agreement. */
const labelText = sql`${agreementTexts.agreementId} = ${agreements.id} and ${agreementTexts.title} is not null`
const labelParty = sql`${agreementParties.agreementId} = ${agreements.id}`
const labelPartner = sql`${partnerTexts.partnerId} = ${agreementParties.partnerId} and ${partnerTexts.name} is not null`
const labelOfficer = sql`${users.id} = ${agreements.officerId}`
const partnerNames = sql`
  select jsonb_object_agg(${partnerTexts.locale}, ${partnerTexts.name}) from ${partnerTexts} where ${labelPartner}`
export const labelColumns = {
  titles: sql<Names>`(
    select coalesce(jsonb_object_agg(${agreementTexts.locale}, ${agreementTexts.title}), '{}')
    from ${agreementTexts} where ${labelText})`,
  parties: sql<readonly Names[]>`(
    select coalesce(jsonb_agg(
      coalesce(${agreementParties.names}, (${partnerNames}), '{}') order by ${agreementParties.position}), '[]')
    from ${agreementParties} where ${labelParty})`,
  officer: sql<string | null>`(
    select coalesce(${users.name}, ${users.email}) from ${users} where ${labelOfficer})`,
} as const

export interface LabelRow {
  readonly titles: Names
  readonly parties: readonly Names[]
  readonly officer: string | null
}

/** The label in a reader's language. */
export function labelFrom({ titles, parties, officer }: LabelRow, locale: Locale): AgreementLabel {
  return {
    title: bestName(titles, locale),
    parties: parties.flatMap((names) => bestName(names, locale) ?? []),
    officer: officer ?? undefined,
  }
}

const labelRows = keptQuery<{ ids: readonly string[] }>()((database, value) =>
  database
    .select({ id: agreements.id, ...labelColumns })
    .from(agreements)
    .where(among(agreements.id, value('ids'))),
)

/** Labels of agreements by their ids. The caller has made sure that they may be seen. */
export async function labelsOf(
  database: Queryable,
  agreementIds: readonly string[],
  locale: Locale,
): Promise<ReadonlyMap<string, AgreementLabel>> {
  if (agreementIds.length === 0) return new Map()
  const rows = await labelRows(database, { ids: agreementIds })
  return new Map(rows.map((row) => [row.id, labelFrom(row, locale)]))
}
