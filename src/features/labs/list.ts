import { countryName, type Hub, type Named, termName } from '#features/hub/model.ts'
import { type Facet, facetsOf, type FacetWords } from '#features/publications/facets.ts'
import { type Filters, narrow, pageOf, readFilters } from '#features/publications/filters.ts'
import { institutionView, type InstitutionView, nameOf } from '#features/publications/institutions-view.ts'
import { byName, hasWords, type Published, type Shelf } from '#features/publications/shelf.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { paths } from '#platform/paths.ts'
import { type LabKind, labKinds, type LabStage, labStages } from './model.ts'

/** One line of the list of labs. */
export interface LabEntry {
  readonly href: string
  readonly name: Named
  readonly kind: string
  readonly stage: LabStage
  readonly stageLabel: string
  readonly countries: readonly string[]
  readonly hosts: readonly InstitutionView[]
  readonly fields: readonly string[]
  readonly since: PartialDate | null
}

export interface LabList {
  readonly hub: Hub
  readonly filters: Filters
  readonly facets: readonly Facet[]
  readonly entries: readonly LabEntry[]
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly all: number
}

const valuesOf = {
  country: ({ countries }: Published<'lab'>) => countries,
  kind: ({ recordKind }: Published<'lab'>) => [recordKind],
  stage: ({ content }: Published<'lab'>) => [content.stage],
  field: ({ fields }: Published<'lab'>) => fields,
}

/** @throws DomainError as `readFilters` and `pageOf`. */
export function labList(
  hub: Hub,
  shelf: Shelf<'lab'>,
  partners: Shelf<'partner'>,
  locale: Locale,
  search: URLSearchParams,
): LabList {
  const filters = readFilters(search, [
    { name: 'country', known: new Set([...hub.countries.keys(), ...hub.regions.keys()]) },
    { name: 'kind', known: new Set(labKinds) },
    { name: 'stage', known: new Set(labStages) },
    { name: 'field', known: new Set(hub.fields.keys()) },
  ])
  const sorted = byName(shelf, locale)
  const named = filters.words === '' ? sorted : sorted.filter((record) => hasWords(shelf, record, filters.words))
  const { hits, counts } = narrow(named, filters, valuesOf)
  const { items, ...paging } = pageOf(hits, filters.page)
  return {
    hub,
    filters,
    facets: facetsOf(paths.labs(locale), filters, counts, facetWords(hub, locale)),
    entries: items.map((record) => labEntry(hub, partners, record, locale)),
    ...paging,
    all: shelf.records.length,
  }
}

function facetWords(hub: Hub, locale: Locale): FacetWords[] {
  const t = translator(locale)
  return [
    { name: 'country', label: t('portal:facet.country'), labelOf: (code) => countryName(hub, code, locale) },
    {
      name: 'stage',
      label: t('portal:facet.stage'),
      labelOf: (stage) => t(`terms:stage.${stage as LabStage}`),
      order: labStages.toReversed(),
    },
    { name: 'kind', label: t('portal:facet.kind'), labelOf: (kind) => t(`terms:lab_kind.${kind as LabKind}`) },
    { name: 'field', label: t('portal:facet.field'), labelOf: (code) => termName(hub.fields, code, locale) },
  ]
}

export function labEntry(hub: Hub, partners: Shelf<'partner'>, record: Published<'lab'>, locale: Locale): LabEntry {
  const t = translator(locale)
  const { content } = record
  const stage = content.stage as LabStage
  return {
    href: paths.lab(locale, record.slug),
    name: nameOf(record, locale),
    kind: t(`terms:lab_kind.${record.recordKind as LabKind}`),
    stage,
    stageLabel: t(`terms:stage.${stage}`),
    countries: content.countries.map((code) => countryName(hub, code, locale)),
    hosts: content.hosts.map((host) => institutionView(host, partners, hub, locale)),
    fields: record.fields.map((code) => termName(hub.fields, code, locale)),
    since: content.inaugurated ?? content.started,
  }
}
