import { formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'

/** What is told of a document before it is downloaded: `PDF, 2 pages, 58 KB`. */
export function sizeWords(
  t: Translate,
  locale: Locale,
  { pages, sizeBytes }: { readonly pages: number; readonly sizeBytes: number },
): string {
  return t('briefs:download.size', {
    pages: t('briefs:download.pages', { count: pages, n: formatNumber(pages, locale) }),
    size: formatNumber(Math.ceil(sizeBytes / 1024), locale),
  })
}
