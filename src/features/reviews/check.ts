import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { lengthOf, normaliseText } from '#platform/text/normalise.ts'

export const required = (path: string): FieldProblem => ({ path, code: 'required' })

export const unknown = (path: string, value: string): FieldProblem => ({
  path,
  code: 'unknown_choice',
  params: { value: normaliseText(value).slice(0, 40) },
})

/** A text as it is stored; null where nothing was typed. @throws DomainError `invalid_input` at the path */
export function checkText(
  typed: string,
  path: string,
  max: number,
  { required: isRequired = false, lines = false }: { readonly required?: boolean; readonly lines?: boolean },
): string | null {
  const text = normaliseText(typed, { lines })
  if (text === '' && isRequired) throw new DomainError('invalid_input', {}, [required(path)])
  if (lengthOf(text) > max) {
    throw new DomainError('invalid_input', {}, [{ path, code: 'too_long', params: { max, length: lengthOf(text) } }])
  }
  return text === '' ? null : text
}

/** What a check gives; what it finds wrong goes to the others. */
export function collect<Value>(problems: FieldProblem[], check: () => Value): Value | undefined {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}
