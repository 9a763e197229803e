/** The five locales of the site, in the order in which they are offered. */
export const locales = ['zh', 'en', 'th', 'vi', 'my'] as const

export type Locale = (typeof locales)[number]

/** The BCP 47 tag that `lang` attributes, PDF elements and `Intl` get for a locale. */
export const languageTags: Readonly<Record<Locale, string>> = {
  zh: 'zh-Hans',
  en: 'en',
  th: 'th',
  vi: 'vi',
  my: 'my',
}

/** A language's own name for itself, as the language switch shows it. */
export const languageNames: Readonly<Record<Locale, string>> = {
  zh: '中文',
  en: 'English',
  th: 'ไทย',
  vi: 'Tiếng Việt',
  my: 'မြန်မာ',
}

export function isLocale(value: unknown): value is Locale {
  return typeof value === 'string' && (locales as readonly string[]).includes(value)
}
