import type { ChartItem } from '#platform/charts/model.ts'
import { formatDate, formatList } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'

/** What a chart says to whoever does not see it: its first items, and where the rest is. */
export function describeChart(
  items: readonly Pick<ChartItem, 'label' | 'text'>[],
  t: Translate,
  locale: Locale,
): string {
  const said = items.slice(0, 3).map(({ label, text }) => t('overview:drawn_item', { label, value: text }))
  return t('overview:drawn', { items: formatList(said, locale) })
}

/** A year as the reader counts years. */
export function yearLabel(year: number, locale: Locale): string {
  return formatDate(String(year).padStart(4, '0'), locale).replace(/^พ\.ศ\. | ခုနှစ်$|年$/gu, '')
}
