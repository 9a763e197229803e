import type { AgreementEntry } from '#features/agreements/list.ts'
import { type Hub, type Named, termName } from '#features/hub/model.ts'
import { type LabEntry, labEntry } from '#features/labs/list.ts'
import { nameOf, type NamedIn, otherNames } from '#features/publications/institutions-view.ts'
import type { Shelves } from '#features/publications/queries.ts'
import { type Published } from '#features/publications/shelf.ts'
import { collatorOf } from '#platform/i18n/format.ts'
import { bestText, type BestText } from '#platform/i18n/fallback.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'
import { type PartnerEntry, partnerEntry } from './list.ts'

/** Everything that a partner's page shows. */
export interface PartnerPage {
  readonly hub: Hub
  readonly record: Published<'partner'>
  readonly entry: PartnerEntry
  readonly name: Named
  readonly names: readonly NamedIn[]
  readonly summary: BestText | undefined
  readonly fields: readonly { readonly label: string; readonly code: string }[]
  readonly parent: { readonly name: Named; readonly href: string } | undefined
  readonly children: readonly { readonly name: Named; readonly href: string }[]
  readonly labs: readonly LabEntry[]
  readonly agreements: readonly AgreementEntry[]
}

export function partnerPage(
  hub: Hub,
  shelves: Shelves,
  record: Published<'partner'>,
  agreements: readonly AgreementEntry[],
  locale: Locale,
): PartnerPage {
  const { content, recordId } = record
  const link = (partner: Published<'partner'>) => ({
    name: nameOf(partner, locale),
    href: paths.partner(locale, partner.slug),
  })
  const parent = content.parentId === null ? undefined : shelves.partner.byId.get(content.parentId)
  const best = bestText(content.texts, 'name', locale)
  return {
    hub,
    record,
    entry: partnerEntry(hub, record, locale),
    name: nameOf(record, locale),
    names: otherNames(content.texts, 'name', best?.language),
    summary: bestText(content.texts, 'summary', locale),
    fields: record.fields.map((code) => ({ code, label: termName(hub.fields, code, locale) })),
    parent: parent === undefined ? undefined : link(parent),
    children: shelves.partner.records
      .filter((partner) => partner.content.parentId === recordId)
      .map(link)
      .toSorted((a, b) => collatorOf(locale).compare(a.name.value, b.name.value)),
    labs: shelves.lab.records
      .filter((lab) => lab.partnerIds.includes(recordId))
      .map((lab) => labEntry(hub, shelves.partner, lab, locale)),
    agreements,
  }
}
