import Negotiator from 'negotiator'
import { isLocale, type Locale } from './locales.ts'

/** For a reader none of whose languages we have. */
export const defaultLocale: Locale = 'en'

/** What we offer to readers of languages that we do not have: what most of them read as well. */
const neighbours: Readonly<Record<string, readonly Locale[]>> = {
  lo: ['th', 'en'],
  km: ['en'],
  yue: ['zh'],
}

/**
 * The locales to offer to a reader, best first: RFC 4647 lookup over `Accept-Language`, each range shortened until it
 * fits one of ours. Never empty.
 */
export function offeredLocales(acceptLanguage: string | undefined): Locale[] {
  const ranges = new Negotiator({ headers: { 'accept-language': acceptLanguage ?? '' } }).languages()
  const found = ranges.flatMap((range) => {
    const language = primaryLanguage(range)
    if (language === undefined) return []
    return isLocale(language) ? [language] : (neighbours[language] ?? [])
  })
  const offered = [...new Set(found)]
  return offered.length > 0 ? offered : [defaultLocale]
}

export function negotiateLocale(acceptLanguage: string | undefined): Locale {
  return offeredLocales(acceptLanguage)[0] ?? defaultLocale
}

/**
 * What a range comes to when it is shortened down to its language: all of our tags have that one subtag (`zh` stands
 * for zh-Hans). `Intl.Locale` puts old and longer codes right (`mya` and `bur` are `my`, `cmn` is `zh`).
 */
function primaryLanguage(range: string): string | undefined {
  try {
    return new Intl.Locale(range.split(/[-_]/, 1)[0] ?? '').language
  } catch {
    return undefined
  }
}
