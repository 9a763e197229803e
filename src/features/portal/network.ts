import type { Shelves } from '#features/publications/queries.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { countryName, type Hub } from '#features/hub/model.ts'

/** A country of the network, with what it has here. */
export interface NetworkCountry {
  readonly code: string
  readonly name: string
  readonly partners: number
  readonly labs: number
  readonly partnersHref: string
  readonly labsHref: string
  /** Mean of its partners' places in degrees; undefined where none has one. */
  readonly centre: readonly [latitude: number, longitude: number] | undefined
}

export interface Network {
  /** Countries abroad, those with the most partners first. */
  readonly countries: readonly NetworkCountry[]
  readonly yunnan: number
  /** Every partner's place, in degrees. */
  readonly points: readonly { readonly at: readonly [number, number]; readonly side: string }[]
  readonly partners: number
  readonly labs: number
}

export function networkOf(hub: Hub, { partner, lab }: Shelves, locale: Locale): Network {
  const partnersOf = Map.groupBy(partner.records, ({ content }) => content.country)
  const labsOf = new Map<string, number>()
  for (const { countries } of lab.records) {
    for (const code of countries) labsOf.set(code, (labsOf.get(code) ?? 0) + 1)
  }
  const countries = [...hub.countries.keys()]
    .filter((code) => code !== 'CN')
    .map((code): NetworkCountry => {
      const places = (partnersOf.get(code) ?? []).flatMap(({ content }) => content.location ?? [])
      const mean = (offset: 0 | 1) => {
        const values = places.filter((_, at) => at % 2 === offset)
        return values.reduce((sum, value) => sum + value, 0) / values.length
      }
      return {
        code,
        name: countryName(hub, code, locale),
        partners: partnersOf.get(code)?.length ?? 0,
        labs: labsOf.get(code) ?? 0,
        partnersHref: withQuery(paths.partners(locale), { country: code }),
        labsHref: withQuery(paths.labs(locale), { country: code }),
        centre: places.length === 0 ? undefined : [mean(0), mean(1)],
      }
    })
    .filter(({ partners, labs }) => partners + labs > 0)
    .toSorted((a, b) => b.partners - a.partners || b.labs - a.labs)
  return {
    countries,
    yunnan: partner.records.filter(({ content }) => content.side === 'yunnan').length,
    points: partner.records.flatMap(({ content }) =>
      content.location === null ? [] : [{ at: content.location, side: content.side }],
    ),
    partners: partner.records.length,
    labs: lab.records.length,
  }
}
