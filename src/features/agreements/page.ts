import { isDeepStrictEqual } from 'node:util'
import { type Hub, type Named, termName } from '#features/hub/model.ts'
import {
  institutionView,
  type InstitutionView,
  nameOf,
  type NamedIn,
  otherNames,
} from '#features/publications/institutions-view.ts'
import type { PublishedAgreement } from '#features/publications/model.ts'
import type { Shelves } from '#features/publications/queries.ts'
import type { Published } from '#features/publications/shelf.ts'
import { bestText, type BestText } from '#platform/i18n/fallback.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { partialDateOf } from '#platform/partial-date.ts'
import { paths } from '#platform/paths.ts'
import { stateLabel } from './labels.ts'
import { type AgreementEntry, agreementEntry } from './list.ts'

/** Everything that a public agreement's page shows. */
export interface AgreementPage {
  readonly hub: Hub
  readonly record: Published<'agreement'>
  readonly entry: AgreementEntry
  readonly title: BestText | undefined
  /** Those in other languages than the one that is shown. */
  readonly titles: readonly (NamedIn & { readonly official: boolean })[]
  /** The title that is shown stands so on the paper. */
  readonly titleOfficial: boolean
  readonly summary: BestText | undefined
  readonly parties: readonly InstitutionView[]
  readonly labs: readonly { readonly name: Named; readonly href: string }[]
  readonly fields: readonly { readonly label: string; readonly code: string }[]
  /** When the office released and corrected it, the earliest first; nothing for what was merely reported. */
  readonly publicHistory: readonly PublicEvent[]
}

export type PublicEvent = { readonly at: Temporal.Instant } & (
  | { readonly kind: 'released' | 'corrected' | 'withdrawn' | 'again' }
  /** Nothing but the state is another: it came into force or expired on its day. */
  | { readonly kind: 'state'; readonly state: string }
)

export interface PublicEdition {
  readonly content: PublishedAgreement
  readonly publishedAt: Temporal.Instant
  readonly withdrawnAt: Temporal.Instant | undefined
}

/** What the public may know of how a record came to be as it is. `editions` are in their order. */
export function publicHistoryOf(editions: readonly PublicEdition[]): readonly PublicEvent[] {
  return editions.flatMap(({ content, publishedAt, withdrawnAt }, index): PublicEvent[] => {
    const before = editions[index - 1]
    const withdrawn = withdrawnAt === undefined ? [] : [{ kind: 'withdrawn', at: withdrawnAt } as const]
    return [eventOf(content, publishedAt, before), ...withdrawn]
  })
}

function eventOf(content: PublishedAgreement, at: Temporal.Instant, before: PublicEdition | undefined): PublicEvent {
  if (before === undefined) return { kind: 'released', at }
  if (before.withdrawnAt !== undefined) return { kind: 'again', at }
  const { state } = content
  return state !== null && isDeepStrictEqual({ ...before.content, state }, content) && before.content.state !== state
    ? { kind: 'state', state, at }
    : { kind: 'corrected', at }
}

/** Steps of a timeline from public events, each on its day in the office's zone. */
export function publicSteps(t: Translate, events: readonly PublicEvent[], zone: string) {
  return events.map((event) => ({
    label:
      event.kind === 'state'
        ? t('portal:agreements.history_state', { state: stateLabel(t, event.state) })
        : t(`portal:agreements.history_${event.kind}`),
    date: partialDateOf(event.at.toZonedDateTimeISO(zone).toPlainDate()),
  }))
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
  const official = content.officialTitles ?? []
  return {
    hub,
    record,
    entry: agreementEntry(record, shelves.partner, locale),
    title,
    titles: otherNames(content.texts, 'title', title?.language).map((one) => ({
      ...one,
      official: official.includes(one.language),
    })),
    titleOfficial: official.includes(title?.language ?? ''),
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
