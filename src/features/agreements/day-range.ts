/** Days from the first to the last, both included. */
export interface DayRange {
  readonly first: Temporal.PlainDate
  readonly last: Temporal.PlainDate
}

const form = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})$/

/**
 * Reads an interval as ISO 8601 writes it (`2026-01-01/2026-03-31`); undefined for another form, a day that does not
 * exist, or an end before the beginning.
 */
export function readDayRange(text: string): DayRange | undefined {
  const [, from = '', to = ''] = form.exec(text) ?? []
  try {
    const first = Temporal.PlainDate.from(from, { overflow: 'reject' })
    const last = Temporal.PlainDate.from(to, { overflow: 'reject' })
    return Temporal.PlainDate.compare(first, last) <= 0 && first.year > 0 ? { first, last } : undefined
  } catch {
    return undefined
  }
}

export function writeDayRange({ first, last }: DayRange): string {
  return `${first.toString()}/${last.toString()}`
}
