import type { AgreementEntry } from '#features/agreements/list.ts'
import { type Released, releasedIn } from '#features/agreements/released.ts'
import { countryName, type Hub, type Named, termName } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { type LabEntry, labEntry } from '#features/labs/list.ts'
import { type PartnerEntry, partnerEntry } from '#features/partners/list.ts'
import { publishedShelves, type Shelves } from '#features/publications/queries.ts'
import { byName } from '#features/publications/shelf.ts'
import type { Queryable } from '#db/client.ts'
import { DomainError } from '#platform/errors.ts'
import { languageTags, type Locale } from '#platform/i18n/locales.ts'

/** A place of a country with the kinds of the partners there, in the order of the list of kinds. */
export interface CountryPlace {
  /** Undefined for partners whose place is not known. */
  readonly name: string | undefined
  readonly kinds: readonly string[]
}

/** What is published about a country of the network. */
export interface CountryPage {
  readonly hub: Hub
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  readonly name: Named
  readonly partners: readonly PartnerEntry[]
  /** Those with the most partners first; what has no place comes last. */
  readonly places: readonly CountryPlace[]
  readonly labs: readonly LabEntry[]
  /** The newest, at most `mostAgreements`. */
  readonly agreements: readonly AgreementEntry[]
  readonly agreementsTotal: number
}

const mostAgreements = 200

/**
 * The slug of a country is its ISO code in small letters.
 * @param order the language by whose names the lists are sorted
 * @throws DomainError `not_found`
 */
export async function showCountry(
  database: Queryable,
  locale: Locale,
  slug: string,
  order: Locale = locale,
): Promise<CountryPage> {
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  const code = slug.toUpperCase()
  if (!/^[a-z]{2}$/.test(slug) || !hub.countries.has(code)) throw new DomainError('not_found')
  const released = await releasedIn(database, shelves.partner, code, locale, mostAgreements)
  return countryPage(hub, shelves, { code, released }, locale, order)
}

export function countryPage(
  hub: Hub,
  shelves: Shelves,
  { code, released }: { readonly code: string; readonly released: Released },
  locale: Locale,
  order: Locale = locale,
): CountryPage {
  const partners = byName(shelves.partner, order).filter(({ content }) => content.country === code)
  const places = [...Map.groupBy(partners, ({ content }) => content.city)].map(([city, there]) => ({
    name: city === null ? undefined : termName(hub.places, city, locale),
    code: city ?? '',
    kinds: there.map(({ recordKind }) => recordKind),
  }))
  return {
    hub,
    code,
    name: { value: countryName(hub, code, locale), lang: languageTags[locale] },
    partners: partners.map((record) => partnerEntry(hub, record, locale)),
    // By code where as many stand there, so that two languages have the same order.
    places: places.toSorted(
      (a, b) =>
        Number(a.name === undefined) - Number(b.name === undefined) ||
        b.kinds.length - a.kinds.length ||
        (a.code < b.code ? -1 : 1),
    ),
    labs: byName(shelves.lab, order)
      .filter(({ countries }) => countries.includes(code))
      .map((record) => labEntry(hub, shelves.partner, record, locale)),
    agreements: released.entries,
    agreementsTotal: released.total,
  }
}
