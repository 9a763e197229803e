import { createHash, randomBytes } from 'node:crypto'
import { locales } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'
import { limits } from './model.ts'

/**
 * The cookie that holds a visitor's selection. Its paths are those of the selection's own pages, one a locale, so that a
 * browser sends it with no other request: all other pages are the same for everybody, and stay in the cache.
 */
function cookieOf(baseUrl: string): { readonly name: string; readonly secure: boolean } {
  const secure = baseUrl.startsWith('https:')
  return { name: secure ? '__Secure-yunqiao_brief' : 'yunqiao_brief', secure }
}

const secretPattern = /^[0-9a-f]{40}$/

export const newSecret = (): string => randomBytes(20).toString('hex')

/** A code that nobody guesses, for an address. */
export const newCode = (): string => randomBytes(16).toString('hex')

export const isCode = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** What a `Cookie` header carries: whether our cookie is there at all, and its secret where it can be one of ours. */
export function readSecret(
  cookieHeader: string | null,
  baseUrl: string,
): { readonly isCarried: boolean; readonly secret: string | undefined } {
  const { name } = cookieOf(baseUrl)
  for (const pair of (cookieHeader ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=', 2)
    if (key === name) return { isCarried: true, secret: secretPattern.test(value) ? value : undefined }
  }
  return { isCarried: false, secret: undefined }
}

/** `Set-Cookie` values, one for the selection's pages in each locale. */
export function selectionCookies(secret: string, baseUrl: string): string[] {
  const { name, secure } = cookieOf(baseUrl)
  const seconds = limits.days * 24 * 60 * 60
  return locales.map(
    (locale) =>
      `${name}=${secret}; Path=${paths.selection(locale)}; Max-Age=${seconds}; SameSite=Lax; HttpOnly${secure ? '; Secure' : ''}`,
  )
}
