import { locales } from '#platform/i18n/locales.ts'

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
