import { belongsToYear, type DayKind, dayKinds, isRange, longestHoliday } from './model.ts'
import { checkChoice, checkDay, checkText, collectProblems, type Report } from '#features/milestones/check-parts.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { asciiDigits, normaliseText } from '#platform/text/normalise.ts'

/** What was typed about a year. */
export interface YearInput {
  readonly year: string
  readonly notice: string
  readonly source: string
}

export interface CheckedYear {
  readonly year: number
  readonly notice: string
  readonly source: string
}

/** What was typed about days of a year; `replaces`: the days that are changed. */
export interface DaysInput {
  readonly year: number
  readonly first: string
  readonly last: string
  readonly kind: string
  /** In the language of the form. */
  readonly name: string
  readonly locale: Locale
  readonly replaces?: { readonly first: string; readonly last: string } | undefined
}

export interface CheckedDays {
  readonly year: number
  readonly first: Temporal.PlainDate
  readonly last: Temporal.PlainDate
  readonly kind: DayKind
  readonly name: string | undefined
  readonly locale: Locale
  readonly replaces: DaysInput['replaces']
}

export const limits = { notice: 200, source: 2000, name: 100, years: { min: 1990, max: 2199 } } as const

/** @throws DomainError `invalid_input` */
export function checkYear(typed: YearInput): CheckedYear {
  const { problems, report } = collectProblems()
  const year = checkYearNumber(typed.year, report)
  const notice = checkText(typed.notice, 'notice', { max: limits.notice, keep: [] }, report)
  if (notice === undefined && problems.every(({ path }) => path !== 'notice')) report('notice', 'required')
  const source = normaliseText(typed.source)
  const isAddress = URL.canParse(source) && /^https?:\/\/[^\s/]+\.[^\s/]+/.test(source) && !/[\s"<>]/.test(source)
  if (source === '') report('source', 'required')
  else if (!isAddress || source.length > limits.source) report('source', 'web_address')
  if (problems.length > 0 || year === undefined || notice === undefined) {
    throw new DomainError('invalid_input', {}, problems)
  }
  return { year, notice, source }
}

function checkYearNumber(typed: string, report: Report): number | undefined {
  const text = asciiDigits(normaliseText(typed))
  if (text === '') return report('year', 'required')
  const year = /^\d{4}$/.test(text) ? Number(text) : 0
  return year >= limits.years.min && year <= limits.years.max ? year : report('year', 'date_range', limits.years)
}

/** @throws DomainError `invalid_input` */
export function checkDays({ year, replaces, locale, ...typed }: DaysInput): CheckedDays {
  const { problems, report } = collectProblems()
  const first = checkDay(typed.first, 'first', report)
  if (first === undefined && problems.length === 0) report('first', 'required')
  const last = checkDay(typed.last, 'last', report) ?? first
  const kind = checkChoice(typed.kind, dayKinds, 'kind', report)
  const name = checkText(typed.name, 'name', { max: limits.name, keep: [] }, report)
  if (first !== undefined && last !== undefined) {
    if (!isRange(first, last)) report('last', 'calendar_range', { max: longestHoliday })
    else if (!belongsToYear(first, year) || !belongsToYear(last, year)) report('first', 'calendar_year', { year })
  }
  if (problems.length > 0 || first === undefined || last === undefined || kind === undefined) {
    throw new DomainError('invalid_input', {}, problems)
  }
  return { year, first, last, kind, name, locale, replaces }
}
