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
  /** When the office released and corrected it, the earliest first; nothing for what was merely reported. */
  readonly publicHistory: readonly PublicEvent[]
}

export interface PublicEvent {
  readonly kind: 'released' | 'corrected' | 'withdrawn' | 'again'
  readonly at: Temporal.Instant
}

export interface PublicEdition {
  readonly publishedAt: Temporal.Instant
  readonly withdrawnAt: Temporal.Instant | undefined
}

/** What the public may know of how a record came to be as it is. `editions` are in their order. */
export function publicHistoryOf(editions: readonly PublicEdition[]): readonly PublicEvent[] {
  return editions.flatMap(({ publishedAt, withdrawnAt }, index): PublicEvent[] => {
    const before = editions[index - 1]
    const kind = before === undefined ? 'released' : before.withdrawnAt === undefined ? 'corrected' : 'again'
    const withdrawn = withdrawnAt === undefined ? [] : [{ kind: 'withdrawn', at: withdrawnAt } as const]
    return [{ kind, at: publishedAt }, ...withdrawn]
  })
}

export function agreementPage(
  hub: Hub,
  shelves: Shelves,
  record: Published<'agreement'>,
  locale: Locale,
  editions: readonly PublicEdition[],
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
    publicHistory: content.origin === 'office' ? publicHistoryOf(editions) : [],
  }
}
