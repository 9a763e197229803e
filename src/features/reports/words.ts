import { formatMoney, formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { yearLabel } from '#features/overview/words.ts'
import { formatDate } from '#platform/i18n/format.ts'
import type { Figure } from './model.ts'
import { type Period, periodKey } from './period.ts'

/** `2026`, `first half of 2026`, `July 2026`. */
export function periodLabel(period: Period, t: Translate, locale: Locale): string {
  const year = yearLabel(period.year, locale)
  switch (period.kind) {
    case 'year':
      return t('reports:period.year', { year })
    case 'half':
      return t(period.part === 1 ? 'reports:period.half_first' : 'reports:period.half_second', { year })
    case 'quarter':
      return t('reports:period.quarter', { year, n: formatNumber(period.part, locale) })
    case 'month':
      return formatDate(periodKey(period), locale)
  }
}

export function figureLabel(figure: Figure, t: Translate): string {
  if ('kind' in figure) return t(`agreements:kind.${figure.kind}`)
  if ('currency' in figure)
    return t('reports:in_currency', { name: t(`reports:name.${figure.name}`), currency: figure.currency })
  return t(`reports:name.${figure.name}`)
}

/** @param value plain decimal text */
export function figureValue(figure: Figure, value: string, locale: Locale): string {
  return 'currency' in figure ? formatMoney(value, figure.currency, locale) : formatNumber(BigInt(value), locale)
}
