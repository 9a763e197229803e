import { locales, type Locale } from '#platform/i18n/locales.ts'
import { inLocale, paths } from '#platform/paths.ts'

const office = new RegExp(`^/(?:${locales.join('|')})/office(?:/|$)`)

/**
 * Where to go after signing in: the office page that was asked for, in the locale that the person reads now; the
 * office's first page for anything else, so that nobody can be sent off the site.
 */
export function returnAddress(wanted: string | null | undefined, locale: Locale): string {
  const home = paths.office.home(locale)
  const base = 'http://site.invalid'
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, base)) return home
  const url = new URL(wanted, base)
  if (url.origin !== base || !office.test(url.pathname)) return home
  if (/\/office\/(?:sign-in|sign-out|resume)$/.test(url.pathname)) return home
  return inLocale(`${url.pathname}${url.search}`, locale)
}
