import { lengthOf, normaliseText } from '#platform/text/normalise.ts'

/** The scheme of the office's numbers until an administrator sets another. */
export const usualScheme = '云科合〔{year}〕{n}号'

const longestScheme = 60
const widest = 8

/**
 * A scheme as it is stored; undefined where it cannot make numbers: `{n}` stands in it once (`{n:4}` fills it up to
 * four digits), `{year}` at most once, and no other brace.
 */
export function checkScheme(typed: string): string | undefined {
  const scheme = normaliseText(typed)
  const slots = scheme.match(/\{[^}]*\}?|\}/g) ?? []
  const numbers = slots.filter((slot) => new RegExp(`^\\{n(?::[1-${widest}])?\\}$`).test(slot))
  const years = slots.filter((slot) => slot === '{year}')
  const fits = numbers.length === 1 && years.length <= 1 && slots.length === numbers.length + years.length
  return fits && lengthOf(scheme) <= longestScheme ? scheme : undefined
}

/** The series that a scheme counts in: each year begins anew where the scheme names it. */
export function seriesOf(scheme: string, year: number): string {
  return scheme.replace('{year}', String(year))
}

/** The number that a scheme gives. */
export function referenceFrom(scheme: string, year: number, n: number): string {
  return seriesOf(scheme, year).replace(/\{n(?::(\d))?\}/, (_, width: string | undefined) =>
    String(n).padStart(Number(width ?? 1), '0'),
  )
}
