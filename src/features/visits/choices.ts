import type { Queryable } from '#db/client.ts'
import { staffWith } from '#features/accounts/queries.ts'
import { countryName } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { nameOf } from '#features/publications/institutions-view.ts'
import { publishedShelves } from '#features/publications/queries.ts'
import { byName } from '#features/publications/shelf.ts'
import { type KeptSelection, keptSelectionsOf } from '#features/selections/queries.ts'
import { collatorOf } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Known } from './model.ts'

interface Option {
  readonly value: string
  readonly label: string
}

/** What the forms of a visit offer. */
export interface VisitChoices {
  /** Partners by country, in the reader's order. */
  readonly partners: readonly { readonly country: string; readonly options: readonly Option[] }[]
  readonly officers: readonly Option[]
  readonly selections: readonly KeptSelection[]
}

export async function readVisitChoices(database: Queryable, locale: Locale): Promise<VisitChoices> {
  const [hub, { partner: shelf }, staff, selections] = await Promise.all([
    loadHub(database),
    publishedShelves(database),
    staffWith(database, 'visits.record'),
    keptSelectionsOf(database),
  ])
  const { compare } = collatorOf(locale)
  const byCountry = Map.groupBy(byName(shelf, locale), ({ content }) => content.country)
  return {
    partners: [...byCountry]
      .map(([code, records]) => ({
        country: countryName(hub, code, locale),
        options: records.map((record) => ({ value: record.recordId, label: nameOf(record, locale).value })),
      }))
      .toSorted((a, b) => compare(a.country, b.country)),
    officers: staff.map(({ id, name }) => ({ value: id, label: name })),
    selections,
  }
}

/** The same for the rules; `kept` stays allowed though it is offered no more: a partner withdrawn, an officer gone. */
export async function knownTo(database: Queryable, kept: readonly (string | null)[] = []): Promise<Known> {
  const [{ partner }, staff, selections] = await Promise.all([
    publishedShelves(database),
    staffWith(database, 'visits.record'),
    keptSelectionsOf(database),
  ])
  const still = kept.filter((id) => id !== null)
  return {
    partners: new Set([...partner.byId.keys(), ...still]),
    officers: new Set([...staff.map(({ id }) => id), ...still]),
    selections: new Set(selections.map(({ id }) => id)),
  }
}
