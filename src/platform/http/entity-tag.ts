import { createHash } from 'node:crypto'
import type { Encoding } from './content-encoding.ts'

/** What names a body, whatever its encoding. */
export function digestOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 22)
}

/** A strong entity tag: each encoding of a body is a representation of its own (RFC 9110 §8.8.3). */
export function entityTag(digest: string, encoding: Encoding): string {
  return encoding === 'identity' ? `"${digest}"` : `"${digest}-${encoding}"`
}

/**
 * Whether `If-None-Match` names the body. The comparison is the weak one, and looks past the encoding: a client that
 * holds the body in another encoding holds the same page.
 */
export function matchesEntityTag(header: string, digest: string): boolean {
  if (header.trim() === '*') return true
  return header.split(',').some((candidate) => {
    const tag = /^(?:W\/)?"([^"]*)"$/.exec(candidate.trim())?.[1]
    return tag !== undefined && tag.replace(/-(?:br|gzip)$/, '') === digest
  })
}
