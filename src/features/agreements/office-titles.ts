import { inArray } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementParties, agreementTexts, facilityTexts, labTexts, partnerTexts } from '#db/schema/index.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
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
    .where(inArray(partnerTexts.partnerId, ids))
  const names = new Map<string, Record<string, string>>()
  for (const { id, locale, name } of rows) {
    if (name !== null) names.set(id, { ...names.get(id), [locale]: name })
  }
  return names
}

/** Names of people, labs and facilities by id; a person's has no language. */
export async function linkNamesById(
  database: Queryable,
  given: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const ids = [...new Set(given)]
  if (ids.length === 0) return new Map()
  const [people, labs, facilities] = await Promise.all([
    namesOfUsers(database, ids),
    database
      .select({ id: labTexts.labId, locale: labTexts.locale, name: labTexts.name })
      .from(labTexts)
      .where(inArray(labTexts.labId, ids)),
    database
      .select({ id: facilityTexts.facilityId, locale: facilityTexts.locale, name: facilityTexts.name })
      .from(facilityTexts)
      .where(inArray(facilityTexts.facilityId, ids)),
  ])
  const names = new Map<string, Record<string, string>>([...people].map(([id, name]) => [id, { und: name }]))
  for (const { id, locale, name } of [...labs, ...facilities]) {
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
      .where(inArray(agreementTexts.agreementId, ids)),
    database
      .select()
      .from(agreementParties)
      .where(inArray(agreementParties.agreementId, ids))
      .orderBy(agreementParties.position),
  ])
  const partnerNames = await partnerNamesById(
    database,
    parties.map((party) => party.partnerId),
  )
  return new Map(
    ids.map((id) => {
      const titles = Object.fromEntries(
        texts.flatMap((text) => (text.id === id && text.title !== null ? [[text.locale, text.title]] : [])),
      )
      const named = parties
        .filter((party) => party.agreementId === id)
        .flatMap((party) => bestName(party.names ?? partnerNames.get(party.partnerId ?? '') ?? {}, locale) ?? [])
      return [id, { title: bestName(titles, locale), parties: named }]
    }),
  )
}
