import { inOrder, langOf } from './languages.ts'

/** Words by language; not every language need be there. */
type Words = Readonly<Partial<Record<string, string>>>

/**
 * A title or a name in one language. `official` says that it stands so on the paper; otherwise it is a translation for
 * readers. Names are whole: never split into first and last.
 */
export interface LocalizedName {
  /** BCP 47 tag, as `nameLanguage` has it. */
  readonly language: string
  readonly value: string
  readonly official: boolean
}

/** Words by language as a list: the site's languages first, in their order. */
export function localizedNames(words: Words, official: readonly string[] = []): LocalizedName[] {
  return inOrder(Object.keys(words)).flatMap((language) => {
    const value = words[language]
    return value === undefined ? [] : [{ language, value, official: official.includes(language) }]
  })
}

/** A localized name as views take it; `lang` is the tag for the attribute. */
export interface ShownName extends LocalizedName {
  readonly lang: string
}

/** Those that are not shown already, where one of them is shown in `language`. */
export function otherNamesThan(
  language: string | undefined,
  words: Words,
  official: readonly string[] = [],
): ShownName[] {
  return localizedNames(words, official)
    .filter((name) => name.language !== language)
    .map((name) => ({ ...name, lang: langOf(name.language) }))
}

/** The language in which the best name for a reader is kept: own locale, English, Chinese, any. */
export function bestLanguage(words: Words, locale: string): string | undefined {
  return [locale, 'en', 'zh', ...inOrder(Object.keys(words))].find((language) => words[language])
}

/** A row of the form for a name in one more language, as it was typed. */
export interface TypedName {
  readonly language: string
  readonly value: string
  /** `yes` where it was ticked. */
  readonly official: string
}

export const emptyName: TypedName = { language: '', value: '', official: '' }

/** The rows of the form for words in languages that have no field of their own. */
export function typedNames(
  words: Words,
  official: readonly string[],
  hasField: (language: string) => boolean,
): TypedName[] {
  return localizedNames(words, official)
    .filter(({ language }) => !hasField(language))
    .map((name) => ({ ...name, official: name.official ? 'yes' : '' }))
}

/** Rows of the form by their numbers, each with its fields as they were sent. */
export type NameRows = ReadonlyMap<number, ReadonlyMap<string, string>>

/** Rows as they were sent, in order, whatever their numbers. */
export function rowsSent(rows: NameRows | undefined): TypedName[] {
  return [...(rows ?? [])]
    .toSorted(([a], [b]) => a - b)
    .map(([, row]) => ({
      language: row.get('language') ?? '',
      value: row.get('value') ?? '',
      official: row.get('official') ?? '',
    }))
}
