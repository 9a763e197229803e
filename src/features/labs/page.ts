import type { AgreementEntry } from '#features/agreements/list.ts'
import { type Hub, termName } from '#features/hub/model.ts'
import { type NamedIn, otherNames } from '#features/publications/institutions-view.ts'
import type { Shelves } from '#features/publications/queries.ts'
import type { Published } from '#features/publications/shelf.ts'
import { bestText, type BestText } from '#platform/i18n/fallback.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { type LabEntry, labEntry } from './list.ts'

/** Everything that a lab's page shows. */
export interface LabPage {
  readonly hub: Hub
  readonly record: Published<'lab'>
  readonly entry: LabEntry
  readonly names: readonly NamedIn[]
  readonly summary: BestText | undefined
  readonly cities: readonly string[]
  readonly fields: readonly { readonly label: string; readonly code: string }[]
  readonly agreements: readonly AgreementEntry[]
}

export function labPage(
  hub: Hub,
  shelves: Shelves,
  record: Published<'lab'>,
  agreements: readonly AgreementEntry[],
  locale: Locale,
): LabPage {
  const { content } = record
  return {
    hub,
    record,
    entry: labEntry(hub, shelves.partner, record, locale),
    names: otherNames(content.texts, 'name', bestText(content.texts, 'name', locale)?.language),
    summary: bestText(content.texts, 'summary', locale),
    cities: content.cities.map((city) => termName(hub.places, city, locale)),
    fields: record.fields.map((code) => ({ code, label: termName(hub.fields, code, locale) })),
    agreements,
  }
}
