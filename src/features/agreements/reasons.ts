import { bestName } from '#features/hub/model.ts'
import { formatDate, formatNumber } from '#platform/i18n/format.ts'
import { type Describer, describePeriod } from './describe.ts'
import type { Reason } from './term.ts'

/** One step of how a deadline came about, as a person reads it: `Notice 3 months before that: 28 February 2026`. */
export function reasonInWords(reason: Reason, view: Pick<Describer, 't' | 'locale'>): string {
  const { t, locale } = view
  const date = formatDate(reason.date.toString(), locale)
  switch (reason.code) {
    case 'renewed': {
      const times = t('amendments:times', { count: reason.times, n: formatNumber(reason.times, locale) })
      return t('agreements:term.because.renewed', {
        date,
        times,
        months: describePeriod(reason.months, 'months', view),
      })
    }
    case 'notice':
      return t('agreements:term.because.notice', { date, period: describePeriod(reason.amount, reason.unit, view) })
    case 'lead':
      return t('agreements:term.because.lead', { date, period: describePeriod(reason.days, 'days', view) })
    case 'day_off': {
      const name = bestName(reason.names ?? {}, locale)?.value
      return name === undefined
        ? t('agreements:term.because.day_off', { date })
        : t('agreements:term.because.day_off_named', { date, name })
    }
    default:
      return t(`agreements:term.because.${reason.code}`, { date })
  }
}
