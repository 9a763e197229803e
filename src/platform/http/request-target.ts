import type { ErrorCode } from '#platform/errors.ts'

/** A request's target after the checks: nothing below has to fear what a path or a query may contain. */
export interface RequestTarget {
  /** As sent, without the query: `/th/partners`. Never with empty or dot segments, never with a slash at its end. */
  readonly path: string
  /** Decoded: `['th', 'partners']`; empty for `/`. */
  readonly segments: readonly string[]
  /** As sent, without the question mark; empty when there is none. */
  readonly query: string
}

export type TargetResult =
  | { readonly kind: 'target'; readonly target: RequestTarget }
  /** The same address in its one canonical spelling: a path on this site, with the query. */
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'refused'; readonly code: ErrorCode }

/** Characters. Far above what any filter or search makes, far below what would cost anything to parse. */
export const maxTargetLength = 8192

const refused = (code: ErrorCode): TargetResult => ({ kind: 'refused', code })

/** Checks the target of a request line (RFC 9112 §3.2.1, origin-form). */
export function parseTarget(raw: string): TargetResult {
  if (raw.length > maxTargetLength) return refused('address_too_long')
  if (!raw.startsWith('/') || /[^\x21-\x7e]|[\\#]/.test(raw)) return refused('bad_request')
  const mark = raw.indexOf('?')
  const path = mark === -1 ? raw : raw.slice(0, mark)
  const query = mark === -1 ? '' : raw.slice(mark + 1)
  if (!isDecodableQuery(query)) return refused('bad_request')
  if (path === '/') return { kind: 'target', target: { path, segments: [], query } }

  const bare = path.endsWith('/') ? path.slice(0, -1) : path
  const segments: string[] = []
  for (const part of bare.slice(1).split('/')) {
    const segment = decode(part)
    if (segment === undefined) return refused('bad_request')
    // An empty segment is how `//evil.example/` would pass for an address; no page has one, nor a percent sign.
    if (segment === '' || segment.includes('%')) return refused('not_found')
    segments.push(segment)
  }
  if (bare !== path) return { kind: 'redirect', location: query === '' ? bare : `${bare}?${query}` }
  return { kind: 'target', target: { path, segments, query } }
}

/** One segment, decoded; undefined when it is broken, or hides a slash, a dot segment or a control character. */
function decode(part: string): string | undefined {
  let segment: string
  try {
    segment = decodeURIComponent(part)
  } catch {
    return undefined
  }
  if (/[\p{Cc}/\\]/u.test(segment)) return undefined
  return segment === '.' || segment === '..' ? undefined : segment
}

/** PostgreSQL's text knows no U+0000, so it is refused here for every parameter at once. */
function isDecodableQuery(query: string): boolean {
  if (!query.includes('%')) return true
  try {
    return !decodeURIComponent(query).includes('\0')
  } catch {
    return false
  }
}
