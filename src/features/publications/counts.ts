import { formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'

/** `24 partners`, in the reader's digits and plural. */
export function countNoun(
  t: Translate,
  what: 'partners' | 'labs' | 'agreements' | 'facilities' | 'countries',
  count: number,
  locale: Locale,
): string {
  return t(`portal:count.${what}`, { count, n: formatNumber(count, locale) })
}
