/**
 * Every error that a person can meet, with its HTTP status. Each code has a message in five languages in
 * `locales/{locale}/errors.json`, under the same key; the compiler and a test keep the two in step.
 */
export const errorStatuses = {
  bad_request: 400,
  invalid_input: 422,
  invalid_content: 422,
  invalid_configuration: 500,
  sign_in_required: 401,
  sign_in_failed: 422,
  too_many_attempts: 429,
  forbidden: 403,
  wrong_origin: 403,
  not_found: 404,
  gone: 410,
  no_such_brief: 404,
  method_not_allowed: 405,
  stale_version: 409,
  duplicate: 409,
  transition_not_allowed: 409,
  release_same_person: 409,
  register_not_empty: 409,
  export_empty: 422,
  selection_not_found: 404,
  selection_full: 422,
  selection_empty: 422,
  document_not_found: 404,
  visit_archived: 409,
  brief_languages: 400,
  report_too_long: 422,
  report_to_order: 422,
  report_rights_changed: 403,
  too_large: 413,
  address_too_long: 414,
  unprintable: 422,
  busy: 503,
  internal: 500,
} as const

export type ErrorCode = keyof typeof errorStatuses

export type ErrorParams = Readonly<Record<string, string | number>>

/** What is wrong with one field of a form or one key of a file: `code` is a key `field.{code}` of the errors. */
export interface FieldProblem {
  /** Path of the field: `parties.1.country`. */
  readonly path: string
  readonly code: string
  readonly params?: ErrorParams
}

/** An error of the domain: a code that people's messages are made from, never a stack trace. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly problems: readonly FieldProblem[]

  constructor(code: ErrorCode, params: ErrorParams = {}, problems: readonly FieldProblem[] = [], cause?: unknown) {
    super(`${code} ${JSON.stringify(params)}${problems.length > 0 ? ` ${JSON.stringify(problems)}` : ''}`, { cause })
    this.name = 'DomainError'
    this.code = code
    this.params = params
    this.problems = problems
  }

  get status(): number {
    return errorStatuses[this.code]
  }
}
