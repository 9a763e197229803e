import type { z } from 'zod'
import type contentMessages from '#locales/en/content.json'
import type { PackProblem } from './model.ts'

/** A code is a key `problem.{code}` of `locales/{locale}/content.json`. */
export type PackProblemCode = keyof typeof contentMessages extends infer Key
  ? Key extends `problem.${infer Code}`
    ? Code
    : never
  : never

type Issue = z.core.$ZodIssue

/** The problems that a schema found in one file. Our own checks carry their code as message. */
export function problemsOf(file: string, issues: readonly Issue[]): PackProblem[] {
  return issues.flatMap((issue) => one(file, issue))
}

function one(file: string, issue: Issue): PackProblem[] {
  const key = issue.path.map(String).join('.')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((name) => ({ file, key: key === '' ? name : `${key}.${name}`, code: 'unknown_key' }))
    case 'invalid_value':
      return [{ file, key, code: 'unknown_value', params: { values: issue.values.map(String).join(', ') } }]
    case 'invalid_key':
      return [{ file, key, code: ownCode(issue.issues[0]) ?? 'unknown_key' }]
    case 'invalid_type':
      return [{ file, key, code: issue.input === undefined ? 'missing' : (ownCode(issue) ?? 'wrong_type'), params: { expected: issue.expected } }]
    case 'invalid_union':
      // Of the alternatives, the one that got furthest says most.
      return [{ file, key, code: ownCode(issue.errors.flat()[0]) ?? 'wrong_type', params: { expected: '' } }]
    default:
      return [{ file, key, code: ownCode(issue) ?? 'wrong_type', params: { expected: '' } }]
  }
}

function ownCode(issue: { readonly message: string } | undefined): PackProblemCode | undefined {
  // Library messages are sentences; ours are codes.
  return issue !== undefined && /^[a-z0-9_]+$/.test(issue.message) ? (issue.message as PackProblemCode) : undefined
}
