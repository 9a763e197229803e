import type { IncomingHttpHeaders } from 'node:http'

/** Methods that change nothing (RFC 9110 §9.2.1), so that no origin has to be proved. */
export function isSafeMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

/**
 * Whether a request that writes comes from a page of this site. Browsers name the origin of every form post; one that
 * does not is judged by `Sec-Fetch-Site`, then by `Referer`; a request with none of them is refused.
 */
export function comesFromSite(headers: IncomingHttpHeaders, baseUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  if (headers.origin !== undefined) return headers.origin === baseUrl
  if (site !== undefined) return true
  const { referer } = headers
  return referer !== undefined && URL.canParse(referer) && new URL(referer).origin === baseUrl
}
