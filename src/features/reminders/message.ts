import { formatDate, formatMoney, formatNumber } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import type { ReminderKind } from './model.ts'

/** What a reminder is about, with the names that it is told by, in one language. */
export interface Told {
  readonly kind: ReminderKind
  readonly due: Temporal.PlainDate
  readonly agreementId: string
  /** Undefined where no title is on record. */
  readonly title: string | undefined
  readonly reference: string | null
  readonly parties: readonly string[]
  /** Of a milestone or payment. */
  readonly item:
    | { readonly title: string; readonly money: { readonly amount: string; readonly currency: string } | null }
    | undefined
  /** The term is renewed automatically at that end. */
  readonly renews: boolean
}

/** Where and when it is read. */
export interface Reading {
  readonly t: Translate
  readonly locale: Locale
  readonly today: Temporal.PlainDate
}

/** One sentence: `The term ends on 3 May 2026`. */
export function aboutLine(told: Told, { t, locale, today }: Reading): string {
  const date = formatDate(told.due.toString(), locale)
  const isLate = Temporal.PlainDate.compare(told.due, today) < 0
  switch (told.kind) {
    case 'end':
      if (isLate) return t('reminders:about.end_late', { date })
      return t(told.renews ? 'reminders:about.end_renews' : 'reminders:about.end', { date })
    case 'notice':
      return t(isLate ? 'reminders:about.notice_late' : 'reminders:about.notice', { date })
    case 'lead':
      return t(isLate ? 'reminders:about.lead_late' : 'reminders:about.lead', { date })
    case 'milestone':
    case 'payment': {
      const { title: what, money } = told.item ?? { title: t(`reminders:kind.${told.kind}`), money: null }
      if (told.kind === 'milestone' || money === null) {
        return t(isLate ? 'reminders:about.milestone_late' : 'reminders:about.milestone', { what, date })
      }
      const amount = formatMoney(money.amount, money.currency, locale)
      return t(isLate ? 'reminders:about.payment_late' : 'reminders:about.payment', { what, amount, date })
    }
    case 'filing':
      return t(isLate ? 'reminders:about.filing_late' : 'reminders:about.filing', { date })
    default:
      return t(`reminders:about.${told.kind}`, { date })
  }
}

/** What its reader is asked to do. */
export function todoLine(told: Told, t: Translate): string {
  const key: MessageKey =
    told.kind === 'end' && told.renews ? 'reminders:todo.end_renews' : `reminders:todo.${told.kind}`
  return t(key)
}

/** `in 30 days`, `today`, `3 days ago`. */
export function leftLine(due: Temporal.PlainDate, { t, locale, today }: Reading): string {
  const { days } = today.until(due, { largestUnit: 'days' })
  const count = Math.abs(days)
  const n = formatNumber(count, locale)
  if (days === 0) return t('reminders:left.today')
  return t(days > 0 ? 'reminders:left.ahead' : 'reminders:left.late', { count, n })
}

const withLeft = (text: string, told: Told, reading: Reading) =>
  reading.t('reminders:with_left', { text, left: leftLine(told.due, reading) })

export const titleOf = (told: Told, t: Translate) => told.title ?? t('reminders:untitled')

/** Label and value of what a letter tells under its sentence. */
export function factsOf(told: Told, reading: Reading): readonly (readonly [label: string, value: string])[] {
  const { t, locale } = reading
  return [
    [t('reminders:fact.agreement'), titleOf(told, t)],
    ...(told.reference === null ? [] : [[t('reminders:fact.reference'), told.reference] as const]),
    ...(told.parties.length === 0 ? [] : [[t('reminders:fact.parties'), told.parties.join(' · ')] as const]),
    [t('reminders:fact.due'), withLeft(formatDate(told.due.toString(), locale), told, reading)],
  ]
}

/** The reminder as plain text, to be copied into whatever people write to each other with. */
export function plainText(told: Told, reading: Reading, href: string | undefined): string {
  const { t } = reading
  const lines = [
    withLeft(aboutLine(told, reading), told, reading),
    ...factsOf(told, reading)
      .slice(0, -1)
      .map(([label, value]) => t('reminders:fact.line', { label, value })),
    todoLine(told, t),
    ...(href === undefined ? [] : [href]),
  ]
  return lines.join('\n')
}
