import { sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { among } from '#db/among.ts'
import type { Queryable } from '#db/client.ts'
import { agreementParties, agreementTexts, facilityTexts, labTexts, partnerTexts, users } from '#db/schema/index.ts'
import { bestName, type Named } from '#features/hub/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'

/** Names of partners by id and language, as the office has them (not as they were published). */
export async function partnerNamesById(
  database: Queryable,
  partnerIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const ids = [...new Set(partnerIds.filter((id) => id !== null))]
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({ id: partnerTexts.partnerId, locale: partnerTexts.locale, name: partnerTexts.name })
    .from(partnerTexts)
    .where(among(partnerTexts.partnerId, ids))
  return byId(rows)
}

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
  const name = sql<string | null>`coalesce(${users.name}, ${users.email})`.as('name')
  const language = sql<string>`'und'`.as('locale')
  const found = unionAll(
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
  return byId(await found)
}

function byId(rows: readonly { readonly id: string; readonly locale: string; readonly name: string | null }[]) {
  const names = new Map<string, Record<string, string>>()
  for (const { id, locale, name } of rows) {
    if (name !== null) names.set(id, { ...names.get(id), [locale]: name })
  }
  return names
}

/** What a line about an agreement says of it: its best title, and its parties. */
export interface AgreementLabel {
  readonly title: Named | undefined
  readonly parties: readonly Named[]
}

export async function labelsOf(
  database: Queryable,
  agreementIds: readonly string[],
  locale: Locale,
): Promise<ReadonlyMap<string, AgreementLabel>> {
  if (agreementIds.length === 0) return new Map()
  const ids = [...agreementIds]
  const [texts, parties] = await Promise.all([
    database
      .select({ id: agreementTexts.agreementId, locale: agreementTexts.locale, title: agreementTexts.title })
      .from(agreementTexts)
      .where(among(agreementTexts.agreementId, ids)),
    database
      .select()
      .from(agreementParties)
      .where(among(agreementParties.agreementId, ids))
      .orderBy(agreementParties.position),
  ])
  const partnerNames = await partnerNamesById(
    database,
    parties.map((party) => party.partnerId),
  )
  const textsOf = Map.groupBy(texts, ({ id }) => id)
  const partiesOf = Map.groupBy(parties, ({ agreementId }) => agreementId)
  return new Map(
    ids.map((id) => {
      const titles = Object.fromEntries(
        (textsOf.get(id) ?? []).flatMap(({ locale: language, title }) => (title === null ? [] : [[language, title]])),
      )
      const named = (partiesOf.get(id) ?? []).flatMap(
        (party) => bestName(party.names ?? partnerNames.get(party.partnerId ?? '') ?? {}, locale) ?? [],
      )
      return [id, { title: bestName(titles, locale), parties: named }]
    }),
  )
}
