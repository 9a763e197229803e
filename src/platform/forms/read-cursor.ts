import { DomainError } from '#platform/errors.ts'
import { isUuid } from './once.ts'

/** `before` of an address: the entry that an older page goes on from. @throws DomainError `bad_request` for no id */
export function readCursor(url: URL): string | undefined {
  const before = url.searchParams.get('before') ?? undefined
  if (before !== undefined && !isUuid(before)) throw new DomainError('bad_request', { parameter: 'before' })
  return before
}
