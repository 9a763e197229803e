import type { DayRange } from '#features/agreements/day-range.ts'

/** How long a report's period is, and how many of them a year has. */
export const periodKinds = { year: 1, half: 2, quarter: 4, month: 12 } as const

export type PeriodKind = keyof typeof periodKinds

/** A calendar year or a part of it; `part` counts from 1. */
export interface Period {
  readonly kind: PeriodKind
  readonly year: number
  readonly part: number
}

const [firstYear, lastYear] = [1950, 2200]

const form = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/

/** Reads `2026`, `2026-H1`, `2026-Q3` or `2026-07`; undefined for anything else. */
export function parsePeriod(text: string): Period | undefined {
  const match = form.exec(text)
  if (match === null) return undefined
  const [, digits = '', half, quarter, month] = match
  const year = Number(digits)
  if (year < firstYear || year > lastYear) return undefined
  if (half !== undefined) return { kind: 'half', year, part: Number(half) }
  if (quarter !== undefined) return { kind: 'quarter', year, part: Number(quarter) }
  if (month !== undefined) return { kind: 'month', year, part: Number(month) }
  return { kind: 'year', year, part: 1 }
}

/** The inverse of `parsePeriod`. */
export function periodKey({ kind, year, part }: Period): string {
  const digits = String(year).padStart(4, '0')
  switch (kind) {
    case 'year':
      return digits
    case 'half':
      return `${digits}-H${part}`
    case 'quarter':
      return `${digits}-Q${part}`
    case 'month':
      return `${digits}-${String(part).padStart(2, '0')}`
  }
}

/** Its first day and its last. */
export function daysOf({ kind, year, part }: Period): DayRange {
  const months = 12 / periodKinds[kind]
  const first = Temporal.PlainDate.from({ year, month: (part - 1) * months + 1, day: 1 })
  return { first, last: first.add({ months }).subtract({ days: 1 }) }
}

/** The same period of the year before. */
export function yearBefore(period: Period): Period {
  return { ...period, year: period.year - 1 }
}

/** So many periods of its length later, or before. */
export function shift({ kind, year, part }: Period, by: number): Period {
  const parts = periodKinds[kind]
  const index = year * parts + part - 1 + by
  return { kind, year: Math.floor(index / parts), part: (index % parts) + 1 }
}

/** The period of a kind that a day lies in. */
export function periodAt(kind: PeriodKind, day: Temporal.PlainDate): Period {
  const months = 12 / periodKinds[kind]
  return { kind, year: day.year, part: Math.floor((day.month - 1) / months) + 1 }
}
