import { formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** A file's size as a person reads it: whole kilobytes, at least one, or megabytes to one decimal. */
export function sizeWords(t: Translate, sizeBytes: number, locale: Locale): string {
  if (sizeBytes < megabyte) {
    return t('documents:size.kb', { n: formatNumber(Math.max(1, Math.round(sizeBytes / kilobyte)), locale) })
  }
  return t('documents:size.mb', { n: formatNumber(Math.round((10 * sizeBytes) / megabyte) / 10, locale) })
}
