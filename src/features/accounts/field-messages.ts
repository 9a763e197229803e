import type { DomainError, FieldProblem } from '#platform/errors.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Translate } from '#platform/i18n/translate.ts'

/** What stands beside the fields of a form, and above it as a list. */
export interface FieldMessages {
  /** The message beside a field, if anything is wrong with it. */
  beside(path: string): string | undefined
  readonly all: readonly { readonly name: string; readonly message: string }[]
}

export function fieldMessages(t: Translate, problems: readonly FieldProblem[]): FieldMessages {
  const all = problems.map(({ path, code, params }) => ({ name: path, message: t(`errors:field.${code}` as MessageKey, params) }))
  return { all, beside: (path) => all.find(({ name }) => name === path)?.message }
}

/** What an error says to a person, in their language. */
export function errorMessage(t: Translate, error: DomainError): string {
  return t(`errors:${error.code}` as MessageKey, error.params)
}
