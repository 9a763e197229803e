import { languageTags, type Locale } from '#platform/i18n/locales.ts'
import { piecesOf } from '#platform/i18n/whole-words.ts'

interface SaidName {
  readonly value: string
  /** BCP 47; nothing where it has none. */
  readonly lang: string
}

/** Whether a name needs no `lang` on a page in this language. */
export function isInOwnLanguage({ lang }: SaidName, locale: Locale): boolean {
  return lang === '' || lang === languageTags[locale]
}

/**
 * A name that is nothing but text on a page in this language: no other language to mark, no words to keep whole. A table
 * of hundreds writes such names itself; `Name` is a component for each.
 */
export function plainName(name: SaidName, locale: Locale): string | undefined {
  if (!isInOwnLanguage(name, locale)) return undefined
  const [first, ...more] = piecesOf(name.value)
  return first?.whole === false && more.length === 0 ? name.value : undefined
}
