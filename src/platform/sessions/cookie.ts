/**
 * The cookie's name and protection. `Secure` cookies vanish over plain HTTP, and `__Host-` demands `Secure`, so both
 * follow the scheme of the public address.
 */
export function sessionCookie(baseUrl: string): { readonly name: string; readonly secure: boolean } {
  const secure = new URL(baseUrl).protocol === 'https:'
  return { name: secure ? '__Host-yunqiao_session' : 'yunqiao_session', secure }
}

/** The session id that a `Cookie` header carries under the name; anything that cannot be one is ignored. */
export function readSessionId(name: string, cookieHeader: string | null): string | undefined {
  for (const pair of (cookieHeader ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined && /^[a-z2-7]{40}$/.test(value)) return value
  }
  return undefined
}
