import { languageName } from '#platform/i18n/format.ts'
import { isLocale, languageNames, languageTags, type Locale, locales } from '#platform/i18n/locales.ts'

/**
 * A language tag as agreements keep it: the site's own five by their short names (`zh`, not `zh-Hans`), others in
 * BCP 47's canonical form; undefined for what is no tag.
 */
export function languageTag(typed: string): string | undefined {
  let locale: Intl.Locale
  try {
    locale = new Intl.Locale(typed.trim())
  } catch {
    return undefined
  }
  const own = locales.find((name) => name === locale.language)
  return own ?? (hasName(locale.language) ? locale.toString() : undefined)
}

/** Languages of the network's other countries that originals are written in. */
export const neighbourLanguages = ['lo', 'km', 'ms', 'id', 'hi', 'bn', 'ne', 'si', 'ur'] as const

/** The site's languages by their own names, and its neighbours by the reader's: what a list of languages offers. */
export function languageOptions(locale: Locale): { value: string; label: string; lang?: string }[] {
  return [
    ...locales.map((value) => ({ value, label: languageNames[value], lang: languageTags[value] })),
    ...neighbourLanguages.map((value) => ({ value, label: languageName(value, locale) })),
  ]
}

/** BCP 47 wants room for no more (RFC 5646, 4.4.1). */
const longestTag = 35

/**
 * The tag that a name is kept under: as `languageTag`, but a script that is not the site's own is another language to
 * its readers, so that `zh-Hant` and `zh-TW` stand beside `zh`; of `en-GB` only `en` is kept. Languages of three letters
 * need no name that the reader's computer knows: Mon (`mnw`) is written on papers, and has none.
 */
export function nameLanguage(typed: string): string | undefined {
  let given: Intl.Locale
  try {
    given = new Intl.Locale(typed.trim())
  } catch {
    return undefined
  }
  const { language, baseName } = given
  if (noLanguages.includes(language) || (language.length !== 3 && !hasName(language))) return undefined
  const usual = new Intl.Locale(language).maximize().script
  const kept = isLocale(language) && given.maximize().script === usual ? language : baseName
  return kept.length <= longestTag ? kept : undefined
}

/** Codes for several, none or an unknown one. */
const noLanguages: readonly string[] = ['und', 'mul', 'mis', 'zxx']

/** The tag for a `lang` attribute. */
export const langOf = (tag: string): string => (isLocale(tag) ? languageTags[tag] : tag)

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

const hasName = (language: string) => language !== 'und' && names.of(language) !== undefined

/** Tags as typed in one line: `lo, km`. */
export function splitTags(typed: string): string[] {
  return typed.split(/[\s,;，、；၊]+/).filter((tag) => tag !== '')
}

/** In the site's order, others after them by their tags. */
export function inOrder(tags: readonly string[]): string[] {
  const place = (tag: string) => {
    const at = (locales as readonly string[]).indexOf(tag)
    return at === -1 ? locales.length : at
  }
  return [...new Set(tags)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
}
