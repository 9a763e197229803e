import { DomainError, type ErrorCode, type ErrorParams, errorStatuses } from '#platform/errors.ts'

/** What went wrong, as a page tells it. */
export interface Problem {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly status: number
  /** Headers that belong to the status, such as `Allow`. */
  readonly headers?: Readonly<Record<string, string>>
}

export function problem(
  code: ErrorCode,
  params: ErrorParams = {},
  headers?: Readonly<Record<string, string>>,
): Problem {
  return { code, params, status: errorStatuses[code], ...(headers && { headers }) }
}

/** The problem that an error is to whoever reads the page; anything but a domain error is our own fault. */
export function problemOf(error: unknown): Problem {
  return error instanceof DomainError ? problem(error.code, error.params) : problem('internal')
}

/** The problem that an answer without words stands for. */
export function problemOfStatus(status: number): Problem {
  if (status >= 500) return problem(status === 503 ? 'busy' : 'internal')
  const known: Readonly<Record<number, ErrorCode>> = {
    401: 'sign_in_required',
    403: 'forbidden',
    404: 'not_found',
    405: 'method_not_allowed',
    410: 'gone',
    413: 'too_large',
    414: 'address_too_long',
    429: 'too_many_attempts',
  }
  return problem(known[status] ?? 'bad_request')
}

const codesWithHint = [
  'bad_request',
  'invalid_input',
  'forbidden',
  'wrong_origin',
  'not_found',
  'no_such_brief',
  'stale_version',
  'transition_not_allowed',
  'too_large',
  'internal',
] as const satisfies readonly ErrorCode[]

/** The key of what can be done about it, where there is something to say. */
export function hintOf({ code }: Problem): `errors:${(typeof codesWithHint)[number]}.hint` | undefined {
  const known = codesWithHint.find((candidate) => candidate === code)
  return known && `errors:${known}.hint`
}
