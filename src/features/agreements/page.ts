import { type Hub, type Named, termName } from '#features/hub/model.ts'
import {
  institutionView,
  type InstitutionView,
  nameOf,
  type NamedIn,
  otherNames,
} from '#features/publications/institutions-view.ts'
import type { Shelves } from '#features/publications/queries.ts'
import type { Published } from '#features/publications/shelf.ts'
import { bestText, type BestText } from '#platform/i18n/fallback.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'
import { type AgreementEntry, agreementEntry } from './list.ts'

/** Everything that a public agreement's page shows. */
export interface AgreementPage {
  readonly hub: Hub
  readonly record: Published<'agreement'>
  readonly entry: AgreementEntry
  readonly title: BestText | undefined
  readonly titles: readonly NamedIn[]
  readonly summary: BestText | undefined
  readonly parties: readonly InstitutionView[]
  readonly labs: readonly { readonly name: Named; readonly href: string }[]
  readonly fields: readonly { readonly label: string; readonly code: string }[]
}

export function agreementPage(
  hub: Hub,
  shelves: Shelves,
  record: Published<'agreement'>,
  locale: Locale,
): AgreementPage {
  const { content } = record
  const title = bestText(content.texts, 'title', locale)
  return {
    hub,
    record,
    entry: agreementEntry(record, shelves.partner, locale),
    title,
    titles: otherNames(content.texts, 'title', title?.language),
    summary: bestText(content.texts, 'summary', locale),
    parties: content.parties.map((party) => institutionView(party, shelves.partner, hub, locale)),
    labs: content.labIds.flatMap((id) => {
      const lab = shelves.lab.byId.get(id)
      return lab === undefined ? [] : [{ name: nameOf(lab, locale), href: paths.lab(locale, lab.slug) }]
    }),
    fields: record.fields.map((code) => ({ code, label: termName(hub.fields, code, locale) })),
  }
}
