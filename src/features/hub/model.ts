import { languageTags, type Locale } from '#platform/i18n/locales.ts'

/** Words by language; not every language need be there. */
export type Names = Readonly<Partial<Record<string, string>>>

/** The terms of one vocabulary, by code, in their order. */
export type Vocabulary = ReadonlyMap<string, Names>

export interface Hub {
  readonly organisation: Names
  readonly address: Names | undefined
  readonly contact: { readonly email?: string; readonly phone?: string }
  /** Holds invented data: every page says so. */
  readonly demonstration: boolean
  readonly countries: Vocabulary
  readonly regions: Vocabulary
  readonly places: Vocabulary
  readonly fields: Vocabulary
  /** Terms of the field, for glossaries. */
  readonly glossary: readonly Term[]
}

/** A term in the languages in which it is known; `unchecked`: languages in which no native reader has checked it. */
export interface Term {
  readonly names: Names
  readonly unchecked: readonly string[]
}

interface Setting {
  readonly key: string
  readonly value: unknown
}

interface Row {
  readonly kind: string
  readonly code: string
  readonly content: unknown
}

/** The hub from its rows; `terms` in their order. */
export function hubOf(settings: readonly Setting[], terms: readonly Row[]): Hub {
  const values = new Map(settings.map(({ key, value }) => [key, value]))
  const site = object(values.get('site'))
  const vocabulary = (kind: string): Vocabulary =>
    new Map(terms.filter((term) => term.kind === kind).map((term) => [term.code, names(term.content)]))
  return {
    organisation: names(site['organisation']),
    address: optionalNames(site['address']),
    contact: object(site['contact']),
    demonstration: values.has('demonstration') && values.get('demonstration') !== false,
    countries: vocabulary('country'),
    regions: vocabulary('region'),
    places: vocabulary('place'),
    fields: vocabulary('field'),
    glossary: terms.filter((term) => term.kind === 'term').map(termOf),
  }
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function termOf({ content }: Row): Term {
  const unchecked = object(content)['unchecked']
  return {
    names: names(content),
    unchecked: Array.isArray(unchecked) ? unchecked.filter((one) => typeof one === 'string') : [],
  }
}

const languageTag = /^[a-z]{2,3}(?:-|$)/

const names = (value: unknown): Names =>
  Object.fromEntries(
    Object.entries(object(value)).filter(([key, word]) => languageTag.test(key) && typeof word === 'string'),
  ) as Names

const optionalNames = (value: unknown): Names | undefined => (value === undefined ? undefined : names(value))

/** A name with the language that it is in, as a BCP 47 tag. */
export interface Named {
  readonly value: string
  readonly lang: string
}

/** The best name there is: own locale, English, Chinese, any. */
export function bestName(words: Names, locale: Locale): Named | undefined {
  for (const language of [locale, 'en', 'zh', ...Object.keys(words)]) {
    const value = words[language]
    if (value) return { value, lang: language in languageTags ? languageTags[language as Locale] : language }
  }
  return undefined
}

/** A term's name for the reader; the bare code where the vocabulary lacks it. */
export function termName(vocabulary: Vocabulary, code: string, locale: Locale): string {
  return bestName(vocabulary.get(code) ?? {}, locale)?.value ?? code
}

/** The name of a country, or of a region such as ASEAN. */
export function countryName(hub: Hub, code: string, locale: Locale): string {
  return termName(hub.countries.has(code) ? hub.countries : hub.regions, code, locale)
}
