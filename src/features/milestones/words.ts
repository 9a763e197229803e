import { formatDate, formatNumber } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { parseRule, type Recurrence, rhythmNames, rhythms } from './recurrence.ts'

const units = { DAILY: 'days', WEEKLY: 'weeks', MONTHLY: 'months', YEARLY: 'years' } as const

/** A rule as a person says it: `every quarter, on the last day of the month, 4 times`. */
export function ruleInWords(t: Translate, locale: Locale, rule: string): string {
  const recurrence = parseRule(rule)
  if (recurrence === undefined) return rule
  const { end, monthDays } = recurrence
  const lastDay = monthDays.length === 1 && monthDays[0] === -1
  const ending =
    'count' in end
      ? t('milestones:rule.times', { count: end.count, n: formatNumber(end.count, locale) })
      : t('milestones:rule.until', { date: formatDate(end.until.toString(), locale) })
  const rhythm = rhythmInWords(t, locale, recurrence)
  return t('milestones:rule.whole', {
    rhythm: lastDay ? t('milestones:rule.last_day', { rhythm }) : rhythm,
    end: ending,
  })
}

function rhythmInWords(t: Translate, locale: Locale, { frequency, interval }: Recurrence): string {
  const named = rhythmNames.find((name) => rhythms[name].frequency === frequency && rhythms[name].interval === interval)
  if (named !== undefined) return t(`milestones:rhythm.${named}`)
  if (frequency === 'YEARLY' && interval === 1) return t('milestones:rhythm.year')
  const key = `milestones:rule.every_${units[frequency]}` as MessageKey
  return t(key, { count: interval, n: formatNumber(interval, locale) })
}

const sharedLabels: Readonly<Record<string, MessageKey>> = {
  amount: 'agreements:amount',
  currency: 'agreements:currency',
  state: 'milestones:column.state',
  documentId: 'milestones:field.document',
  paid: 'milestones:payments.paid',
}

/** The name of the field at a path of the milestone's forms. */
export function milestonePathLabel(t: Translate, path: string): string {
  return t(sharedLabels[path] ?? (`milestones:field.${path}` as MessageKey))
}
