import type { DomainError, FieldProblem } from '#platform/errors.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Translate } from '#platform/i18n/translate.ts'

/** What stands beside the fields of a form, and above it as a list. */
export interface FieldMessages {
  /** The message beside a field, if anything is wrong with it. */
  beside(path: string): string | undefined
  readonly all: readonly { readonly name: string; readonly message: string }[]
}

/** `labelOf` names the field of a path, for the list above the form, which is read away from the fields. */
export function fieldMessages(
  t: Translate,
  problems: readonly FieldProblem[],
  labelOf?: (path: string) => string,
): FieldMessages {
  const messages = problems.map(({ path, code, params }) => ({
    name: path,
    message: t(`errors:field.${code}` as MessageKey, params),
  }))
  return {
    all: messages.map(({ name, message }) => ({
      name,
      message: labelOf === undefined ? message : t('office:problem_at', { field: labelOf(name), problem: message }),
    })),
    beside: (path) => messages.find(({ name }) => name === path)?.message,
  }
}

/** What an error says to a person, in their language. */
export function errorMessage(t: Translate, error: DomainError): string {
  return t(`errors:${error.code}` as MessageKey, error.params)
}
