import type { IncomingHttpHeaders } from 'node:http'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { negotiateLocale } from '#platform/i18n/negotiate.ts'

/** Holds the locale that a reader chose. */
export const localeCookie = 'locale'

const yearSeconds = 365 * 24 * 60 * 60

/** The locale that the reader chose before, if any. */
export function chosenLocale(cookieHeader: string | undefined): Locale | undefined {
  if (cookieHeader === undefined) return undefined
  for (const pair of cookieHeader.split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === localeCookie && isLocale(value)) return value
  }
  return undefined
}

/** The locale for a reader whose address names none: the chosen one, else the best their browser asks for. */
export function localeFor(headers: IncomingHttpHeaders): Locale {
  return chosenLocale(headers.cookie) ?? negotiateLocale(headers['accept-language'])
}

/**
 * A `Set-Cookie` value where a reader has just gone from one locale to another: a link of our own, followed from a
 * page in another locale, is how a language is chosen, without a script and without an address of its own.
 */
export function localeSwitch(
  headers: Pick<IncomingHttpHeaders, 'cookie' | 'referer'>,
  path: string,
  baseUrl: string,
): string | undefined {
  const { referer } = headers
  if (referer === undefined || !referer.startsWith(baseUrl)) return undefined
  const from = localeOf(referer.slice(baseUrl.length))
  const to = localeOf(path)
  if (from === undefined || to === undefined || from === to) return undefined
  if (chosenLocale(headers.cookie) === to) return undefined
  const secure = baseUrl.startsWith('https:') ? '; Secure' : ''
  return `${localeCookie}=${to}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax; HttpOnly${secure}`
}

const localeOf = (path: string): Locale | undefined => {
  const first = /^\/([a-z]{2})(?=[/?#]|$)/.exec(path)?.[1]
  return isLocale(first) ? first : undefined
}
