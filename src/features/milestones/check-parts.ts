import { decimalsIn, decimalsOf, isCurrency, parseAmount } from '#features/agreements/amount.ts'
import type { ErrorParams, FieldProblem } from '#platform/errors.ts'
import { asciiDigits, lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { looksLikeZawgyi } from '#platform/text/zawgyi.ts'

/** Notes a problem; always undefined, so that a check can return it. */
export type Report = (path: string, code: string, params?: ErrorParams) => undefined

/** Collects what is wrong with a form. */
export function collectProblems(): { readonly problems: FieldProblem[]; readonly report: Report } {
  const problems: FieldProblem[] = []
  const report: Report = (path, code, params) => {
    problems.push(params === undefined ? { path, code } : { path, code, params })
  }
  return { problems, report }
}

export function checkChoice<Value extends string>(
  typed: string,
  allowed: readonly Value[],
  path: string,
  report: Report,
): Value | undefined {
  if (typed === '') return report(path, 'required')
  return (
    allowed.find((value) => value === typed) ??
    report(path, 'unknown_choice', { value: normaliseText(typed).slice(0, 40) })
  )
}

export interface TextRules {
  readonly max: number
  readonly lines?: boolean
  /** Paths of texts that look like Zawgyi and that the person wants kept as they are. */
  readonly keep: readonly string[]
}

/** The text as it is stored; undefined where it is empty or wrong. */
export function checkText(
  typed: string,
  path: string,
  { max, lines = false, keep }: TextRules,
  report: Report,
): string | undefined {
  const text = normaliseText(typed, { lines })
  if (text === '') return undefined
  if (lengthOf(text) > max) return report(path, 'too_long', { max, length: lengthOf(text) })
  if (!keep.includes(path) && looksLikeZawgyi(text)) return report(path, 'zawgyi')
  return text
}

const years = { min: 1900, max: 2200 } as const

/** A whole day, `2026-05-31`, in digits of any script; undefined where it is empty or wrong. */
export function checkDay(typed: string, path: string, report: Report): Temporal.PlainDate | undefined {
  const text = asciiDigits(normaliseText(typed))
  if (text === '') return undefined
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (match === null) return report(path, 'day_form')
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  if (year < years.min || year > years.max) return report(path, 'date_range', years)
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return report(path, 'date')
  }
}

/** An amount as decimal text, with the decimals of its currency where that is known. */
export function checkAmount(
  typed: string,
  currency: string | undefined,
  path: string,
  report: Report,
): string | undefined {
  const parsed = parseAmount(typed)
  if ('problem' in parsed) return report(path, parsed.problem)
  if (currency === undefined) return parsed.amount
  const decimals = decimalsOf(currency)
  if (decimalsIn(parsed.amount) > decimals) return report(path, 'amount_decimals', { currency, decimals })
  return parsed.amount
}

/** An ISO 4217 code in any case; undefined where it is missing or none. */
export function checkCurrency(typed: string, path: string, report: Report): string | undefined {
  const currency = normaliseText(typed).toUpperCase()
  if (currency === '') return report(path, 'currency_missing')
  return isCurrency(currency) ? currency : report(path, 'currency', { value: currency.slice(0, 40) })
}

/** A whole number above zero, in digits of any script; undefined where it is empty or wrong. */
export function checkCount(typed: string, path: string, max: number, report: Report): number | undefined {
  const text = asciiDigits(normaliseText(typed))
  if (text === '') return undefined
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return count >= 1 && count <= max ? count : report(path, 'count', { max })
}
