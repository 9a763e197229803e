import { languageTag } from '#features/agreements/languages.ts'
import {
  checkChoice,
  checkCount,
  checkDay,
  checkText,
  collectProblems,
  type Report,
} from '#features/milestones/check-parts.ts'
import type { FieldProblem } from '#platform/errors.ts'
import {
  type Filing,
  limits,
  paperFields,
  type PaperKind,
  type PaperValues,
  requiredFields,
  retentions,
  sealKinds,
} from './model.ts'

export interface PaperRules {
  readonly parties: number
  readonly documentIds: readonly string[]
  readonly today: Temporal.PlainDate
  /** Paths of texts that look like Zawgyi and that the person wants kept as they are. */
  readonly keep: readonly string[]
}

export type Typed = Readonly<Record<string, string>>

type Checked<Value> = { readonly value: Value } | { readonly problems: readonly FieldProblem[] }

/** Everything that is wrong with the form of a row, or the row. Paths are the fields' names. */
export function checkPaper(kind: PaperKind, typed: Typed, rules: PaperRules): Checked<PaperValues> {
  const { problems, report } = collectProblems()
  const values = Object.fromEntries(
    Object.entries(paperFields[kind]).map(([field, type]) => {
      const text = typed[field] ?? ''
      if (text.trim() === '') {
        if (requiredFields[kind].includes(field)) report(field, 'required')
        return [field, null]
      }
      return [field, checkField(type, field, text, rules, report) ?? null]
    }),
  )
  const { issuedOn, validUntil } = values
  if (typeof issuedOn === 'string' && typeof validUntil === 'string' && validUntil < issuedOn) {
    report('validUntil', 'valid_before_issued')
  }
  return problems.length > 0 ? { problems } : { value: values }
}

type FieldType = 'party' | 'seal' | 'day' | 'text' | 'document' | 'count' | 'language'

function checkField(
  type: FieldType,
  path: string,
  text: string,
  rules: PaperRules,
  report: Report,
): string | number | undefined {
  switch (type) {
    case 'text':
      return checkText(text, path, { max: limits.text, keep: rules.keep }, report)
    case 'count':
      return checkCount(text, path, limits.copies, report)
    case 'seal':
      return checkChoice(text, sealKinds, path, report)
    case 'document':
      return checkChoice(text, rules.documentIds, path, report)
    case 'language':
      return languageTag(text) ?? report(path, 'language_tag', { value: text.slice(0, 40) })
    case 'party': {
      const positions = Array.from({ length: rules.parties }, (_, position) => String(position))
      const chosen = checkChoice(text, positions, path, report)
      return chosen === undefined ? undefined : Number(chosen)
    }
    case 'day': {
      const day = checkDay(text, path, report)
      const isAhead = day !== undefined && Temporal.PlainDate.compare(day, rules.today) > 0
      if (isAhead && path !== 'validUntil') report(path, 'day_ahead')
      return day?.toString()
    }
  }
}

/** Everything that is wrong with the form of the filing, or what it says. */
export function checkFiling(typed: Typed, { today, keep }: Pick<PaperRules, 'today' | 'keep'>): Checked<Filing> {
  const { problems, report } = collectProblems()
  const text = (field: string) => typed[field] ?? ''
  const filedOn = checkDay(text('filedOn'), 'filedOn', report)
  const filingDue = checkDay(text('filingDue'), 'filingDue', report)
  if (filedOn !== undefined && Temporal.PlainDate.compare(filedOn, today) > 0) report('filedOn', 'day_ahead')
  const archiveNumber = checkText(text('archiveNumber'), 'archiveNumber', { max: limits.archiveNumber, keep }, report)
  const retention =
    text('retention') === '' ? undefined : checkChoice(text('retention'), retentions, 'retention', report)
  if (problems.length > 0) return { problems }
  return {
    value: {
      archiveNumber: archiveNumber ?? null,
      retention: retention ?? null,
      filedOn: filedOn?.toString() ?? null,
      filingDue: filingDue?.toString() ?? null,
    },
  }
}
