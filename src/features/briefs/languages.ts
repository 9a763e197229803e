import { DomainError } from '#platform/errors.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'

/** The languages of a brief: one, or two side by side, the first on the left. */
export interface BriefLanguages {
  readonly first: Locale
  readonly second: Locale | undefined
}

export const inOrder = ({ first, second }: BriefLanguages): readonly Locale[] =>
  second === undefined ? [first] : [first, second]

/**
 * The languages that somebody asked for, in their order.
 * @throws DomainError `brief_languages` for none, for more than two, for the same twice, and for one that the site
 * does not have
 */
export function briefLanguages(given: readonly string[]): BriefLanguages {
  const [first, second, ...more] = given
  const isPair = second === undefined || (isLocale(second) && second !== first)
  if (!isLocale(first) || !isPair || more.length > 0) throw new DomainError('brief_languages')
  return { first, second }
}

/** The same as an address says it: the language of the address, or `in`, and beside it what `with` asks for. */
export function languagesAsked(locale: Locale, search: URLSearchParams): BriefLanguages {
  const all = (name: string) => search.getAll(name).filter((value) => value !== '')
  const own = all('in')
  if (own.length > 1) throw new DomainError('brief_languages')
  return briefLanguages([...(own.length === 0 ? [locale] : own), ...all('with')])
}
