import { DomainError } from '#platform/errors.ts'
import { lengthOf, normaliseText } from '#platform/text/normalise.ts'

/** A list as somebody filtered and sorted it, under a name. */
export interface SavedView {
  readonly id: string
  readonly name: string
  /** The query part of the list's address, without its question mark. */
  readonly query: string
}

export const limits = { name: 60, query: 2000, views: 50 } as const

/** A name as it is kept. @throws DomainError `invalid_input` on the path `name`. */
export function checkName(typed: string): string {
  const name = normaliseText(typed)
  const problem = (code: string, params = {}) => new DomainError('invalid_input', {}, [{ path: 'name', code, params }])
  if (name === '') throw problem('required')
  if (lengthOf(name) > limits.name) throw problem('too_long', { max: limits.name, length: lengthOf(name) })
  return name
}
