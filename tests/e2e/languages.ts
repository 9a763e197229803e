import type { Locale } from '#platform/i18n/locales.ts'

/**
 * Long walks that every language has: in the office's own language and in the one whose script is hardest every day, in
 * the others with the long tests.
 */
export function walkedIn(locale: Locale): { tag?: string } {
  return locale === 'zh' || locale === 'my' ? {} : { tag: '@long' }
}
