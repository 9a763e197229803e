import { type Hub, type Named, termName } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import {
  institutionView,
  type InstitutionView,
  nameOf,
  type NamedIn,
  otherNames,
} from '#features/publications/institutions-view.ts'
import { findOnShelf, publishedShelves, type Shelves } from '#features/publications/queries.ts'
import type { Published } from '#features/publications/shelf.ts'
import type { Queryable } from '#db/client.ts'
import { bestText, type BestText } from '#platform/i18n/fallback.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { type FacilityKind, facilityKinds, type FacilityStage } from './model.ts'

/** One entry of the catalogue, with its branches. */
export interface FacilityEntry {
  readonly href: string
  readonly name: Named
  readonly kind: FacilityKind
  readonly kindLabel: string
  readonly stage: FacilityStage
  readonly stageLabel: string
  readonly city: string | undefined
  readonly fields: readonly string[]
  readonly branches: readonly FacilityEntry[]
}

export interface Catalogue {
  readonly hub: Hub
  /** Kinds in their order, without those that have no entry; branches stand under what they are a branch of. */
  readonly groups: readonly { readonly kind: FacilityKind; readonly entries: readonly FacilityEntry[] }[]
  readonly total: number
}

export interface FacilityPage {
  readonly hub: Hub
  readonly record: Published<'facility'>
  readonly entry: FacilityEntry
  readonly names: readonly NamedIn[]
  readonly summary: BestText | undefined
  readonly hosts: readonly InstitutionView[]
  readonly parent: { readonly name: Named; readonly href: string } | undefined
}

/** The whole catalogue, in the order that it has. */
export async function showCatalogue(database: Queryable, locale: Locale): Promise<Catalogue> {
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  return catalogueOf(hub, shelves, locale)
}

export function catalogueOf(hub: Hub, { facility: shelf }: Shelves, locale: Locale): Catalogue {
  const top = topOf(shelf)
  const groups = facilityKinds.map((kind) => ({
    kind,
    entries: top
      .filter((record) => record.recordKind === kind)
      .map((record) => entryOf(hub, shelf.records, record, locale)),
  }))
  return { hub, groups: groups.filter(({ entries }) => entries.length > 0), total: shelf.records.length }
}

/** Those that are a branch of nothing in the catalogue. */
function topOf({ records, byId }: Shelves['facility']): Published<'facility'>[] {
  return records.filter(({ content }) => content.parentId === null || !byId.has(content.parentId))
}

function entryOf(
  hub: Hub,
  records: readonly Published<'facility'>[],
  record: Published<'facility'>,
  locale: Locale,
): FacilityEntry {
  const t = translator(locale)
  const { content } = record
  const kind = record.recordKind as FacilityKind
  const stage = content.stage as FacilityStage
  return {
    href: paths.facility(locale, record.slug),
    name: nameOf(record, locale),
    kind,
    kindLabel: t(`terms:facility_kind.${kind}`),
    stage,
    stageLabel: t(`terms:stage.${stage}`),
    city: content.city === null ? undefined : termName(hub.places, content.city, locale),
    fields: record.fields.map((code) => termName(hub.fields, code, locale)),
    branches: records
      .filter((other) => other.content.parentId === record.recordId)
      .map((branch) => entryOf(hub, [], branch, locale)),
  }
}

/**
 * A facility, or the slug that it has now.
 * @throws DomainError `not_found` or `gone`.
 */
export async function showFacility(
  database: Queryable,
  locale: Locale,
  slug: string,
): Promise<FacilityPage | { readonly movedTo: string }> {
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  const found = await findOnShelf(database, 'facility', shelves.facility, slug)
  if ('movedTo' in found) return found
  return facilityPageOf(hub, shelves, found.record, locale)
}

/** Every entry of the catalogue with all that its own page shows, in the catalogue's order. */
export async function showBooklet(
  database: Queryable,
  locale: Locale,
): Promise<{ readonly hub: Hub; readonly pages: readonly FacilityPage[] }> {
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  return { hub, pages: bookletPages(hub, shelves, locale) }
}

export function bookletPages(hub: Hub, shelves: Shelves, locale: Locale): FacilityPage[] {
  return facilityKinds.flatMap((kind) =>
    topOf(shelves.facility)
      .filter((record) => record.recordKind === kind)
      .map((record) => facilityPageOf(hub, shelves, record, locale)),
  )
}

export function facilityPageOf(
  hub: Hub,
  shelves: Shelves,
  record: Published<'facility'>,
  locale: Locale,
): FacilityPage {
  const { content } = record
  const parent = content.parentId === null ? undefined : shelves.facility.byId.get(content.parentId)
  return {
    hub,
    record,
    entry: entryOf(hub, shelves.facility.records, record, locale),
    names: otherNames(content.texts, 'name', bestText(content.texts, 'name', locale)?.language),
    summary: bestText(content.texts, 'summary', locale),
    hosts: content.hosts.map((host) => institutionView(host, shelves.partner, hub, locale)),
    parent:
      parent === undefined ? undefined : { name: nameOf(parent, locale), href: paths.facility(locale, parent.slug) },
  }
}
