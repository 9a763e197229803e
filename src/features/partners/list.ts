import { countryName, type Hub, type Named, termName } from '#features/hub/model.ts'
import { type Facet, type FacetWords } from '#features/publications/facets.ts'
import { type Filters, narrow, pageOf, readFilters } from '#features/publications/filters.ts'
import { nameOf } from '#features/publications/institutions-view.ts'
import { byName, hasWords, type Published, type Shelf } from '#features/publications/shelf.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { facetsOf } from '#features/publications/facets.ts'
import { partnerKinds, partnerSides } from './model.ts'

/** One line of the partner list. */
export interface PartnerEntry {
  readonly href: string
  readonly name: Named
  /** The name in the language of the institution's own country, or in English or Chinese, beside the first. */
  readonly second: Named | undefined
  readonly kind: string
  readonly place: string
  readonly fields: readonly string[]
}

export interface PartnerList {
  readonly hub: Hub
  readonly filters: Filters
  readonly facets: readonly Facet[]
  readonly entries: readonly PartnerEntry[]
  readonly total: number
  readonly page: number
  readonly pages: number
  /** Partners there are at all. */
  readonly all: number
}

const valuesOf = {
  side: ({ content }: Published<'partner'>) => [content.side],
  country: ({ countries }: Published<'partner'>) => countries,
  kind: ({ recordKind }: Published<'partner'>) => [recordKind],
  field: ({ fields }: Published<'partner'>) => fields,
}

/** @throws DomainError as `readFilters` and `pageOf`. */
export function partnerList(hub: Hub, shelf: Shelf<'partner'>, locale: Locale, search: URLSearchParams): PartnerList {
  const filters = readFilters(search, [
    { name: 'side', known: new Set(partnerSides) },
    { name: 'country', known: new Set(hub.countries.keys()) },
    { name: 'kind', known: new Set(partnerKinds) },
    { name: 'field', known: new Set(hub.fields.keys()) },
  ])
  const sorted = byName(shelf, locale)
  const named = filters.words === '' ? sorted : sorted.filter((record) => hasWords(shelf, record, filters.words))
  const { hits, counts } = narrow(named, filters, valuesOf)
  const { items, ...paging } = pageOf(hits, filters.page)
  return {
    hub,
    filters,
    facets: facetsOf(paths.partners(locale), filters, counts, facetWords(hub, locale)),
    entries: items.map((record) => partnerEntry(hub, record, locale)),
    ...paging,
    all: shelf.records.length,
  }
}

function facetWords(hub: Hub, locale: Locale): FacetWords[] {
  const t = translator(locale)
  return [
    {
      name: 'side',
      label: t('portal:facet.side'),
      labelOf: (side) => t(`terms:side.${side as (typeof partnerSides)[number]}`),
      order: partnerSides,
    },
    { name: 'country', label: t('portal:facet.country'), labelOf: (code) => countryName(hub, code, locale) },
    {
      name: 'kind',
      label: t('portal:facet.kind'),
      labelOf: (kind) => t(`terms:partner_kind.${kind as (typeof partnerKinds)[number]}`),
    },
    { name: 'field', label: t('portal:facet.field'), labelOf: (code) => termName(hub.fields, code, locale) },
  ]
}

export function partnerEntry(hub: Hub, record: Published<'partner'>, locale: Locale): PartnerEntry {
  const t = translator(locale)
  const { content } = record
  const name = nameOf(record, locale)
  return {
    href: paths.partner(locale, record.slug),
    name,
    second: secondName(record, name),
    kind: t(`terms:partner_kind.${record.recordKind as (typeof partnerKinds)[number]}`),
    place: placeOf(hub, content.city, content.country, locale),
    fields: record.fields.map((code) => termName(hub.fields, code, locale)),
  }
}

/** City and country, in the order of the reader's language. */
export function placeOf(hub: Hub, city: string | null, country: string | null, locale: Locale): string {
  const t = translator(locale)
  const land = country === null ? '' : countryName(hub, country, locale)
  if (city === null) return land
  const town = termName(hub.places, city, locale)
  if (land === '' || town === land) return town
  return t('portal:place', { city: town, country: land })
}

/** The languages in which institutions of a country name themselves, where a page may show such a name. */
const ownLanguages: Readonly<Record<string, readonly string[]>> = {
  CN: ['zh'],
  TH: ['th'],
  VN: ['vi'],
  MM: ['my'],
  LA: ['lo'],
  KH: ['km'],
  TW: ['zh'],
  SG: ['en'],
  ID: ['id'],
  MY: ['ms'],
  BD: ['bn'],
  LK: ['si', 'ta'],
  NP: ['ne'],
  IN: ['hi'],
  PK: ['ur'],
  AF: ['ps', 'fa'],
  BT: ['dz'],
}

function secondName({ content }: Published<'partner'>, first: Named): Named | undefined {
  for (const language of [...(ownLanguages[content.country] ?? []), 'en', 'zh']) {
    const value = content.texts[language]?.name?.value
    if (value && value !== first.value) return { value, lang: language === 'zh' ? 'zh-Hans' : language }
  }
  return undefined
}
