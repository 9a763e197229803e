import { languageTags, type Locale } from '#platform/i18n/locales.ts'
import { piecesOf } from '#platform/i18n/whole-words.ts'

/**
 * A name that is nothing but text on a page in this language: no other language to mark, no words to keep whole. A table
 * of hundreds writes such names itself; `Name` is a component for each.
 */
export function plainName(name: { readonly value: string; readonly lang: string }, locale: Locale): string | undefined {
  if (name.lang !== '' && name.lang !== languageTags[locale]) return undefined
  const [first, ...more] = piecesOf(name.value)
  return first?.whole === false && more.length === 0 ? name.value : undefined
}
