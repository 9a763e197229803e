import type { AgreementLabel } from '#features/agreements/office-titles.ts'
import { reasonInWords } from '#features/agreements/reasons.ts'
import type { Deadline } from '#features/agreements/term.ts'
import type { MilestoneWords } from '#features/milestones/model.ts'
import { formatList, formatMoney } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import type { EntryKind } from './model.ts'

export interface FeedWords {
  readonly t: Translate
  readonly locale: Locale
}

/** What an entry says of its agreement. */
export interface AgreementLines {
  readonly label: AgreementLabel | undefined
  readonly reference: string | null
}

export function titleOf({ label }: AgreementLines, { t }: FeedWords): string {
  return label?.title?.value ?? t('agreements:untitled')
}

/** @param name the milestone's own title; nothing for a deadline of the term */
export function summaryOf(kind: EntryKind, agreement: AgreementLines, words: FeedWords, name?: string): string {
  const title = titleOf(agreement, words)
  return name === undefined
    ? words.t(`feeds:event.${kind}`, { title })
    : words.t(`feeds:event.${kind}`, { title, name })
}

/** How the deadline came about, and of which agreement it is. */
export function describeDeadline(deadline: Deadline, agreement: AgreementLines, url: string, words: FeedWords): string {
  return [...deadline.reasons.map((reason) => reasonInWords(reason, words)), '', ...about(agreement, url, words)].join(
    '\n',
  )
}

/** Who owes what, and of which agreement it is. */
export function describeMilestone(
  { partyPosition, money }: MilestoneWords,
  agreement: AgreementLines,
  url: string,
  words: FeedWords,
): string {
  const { t, locale } = words
  const party = partyPosition === null ? undefined : agreement.label?.parties[partyPosition]?.value
  return [
    ...(party === undefined ? [] : [t('feeds:line.owed_by', { party })]),
    ...(money === null ? [] : [t('feeds:line.amount', { amount: formatMoney(money.amount, money.currency, locale) })]),
    ...about(agreement, url, words),
  ].join('\n')
}

function about(agreement: AgreementLines, url: string, words: FeedWords): string[] {
  const { t, locale } = words
  const parties = agreement.label?.parties.map(({ value }) => value) ?? []
  return [
    t('feeds:line.agreement', { title: titleOf(agreement, words) }),
    ...(agreement.reference === null ? [] : [t('feeds:line.reference', { reference: agreement.reference })]),
    ...(parties.length === 0 ? [] : [t('feeds:line.parties', { parties: formatList(parties, locale) })]),
    // Many programs show the description, and not the address beside it.
    url,
  ]
}
