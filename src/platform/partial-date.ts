/** A date known to the year, the month or the day: `2015`, `2015-05`, `2015-05-06` (ISO 8601, proleptic Gregorian). */
export type PartialDate = string & { readonly __partialDate: unique symbol }

export type DatePrecision = 'year' | 'month' | 'day'

const form = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

/** Reads a partial date; undefined when the text has another form or names a day that does not exist. */
export function parsePartialDate(text: string): PartialDate | undefined {
  const match = form.exec(text)
  if (match === null) return undefined
  const [, year, month = '01', day = '01'] = match
  if (year === '0000') return undefined
  try {
    Temporal.PlainDate.from(`${year}-${month}-${day}`, { overflow: 'reject' })
    return text as PartialDate
  } catch {
    return undefined
  }
}

/** A day that is known as one. */
export function partialDateOf(day: Temporal.PlainDate): PartialDate {
  return day.toString() as PartialDate
}

export function precisionOf(date: PartialDate): DatePrecision {
  return date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day'
}

/** The column pair that holds it: its first day, and the precision. */
export function toColumns(date: PartialDate | undefined): { date: string | null; precision: DatePrecision | null } {
  if (date === undefined) return { date: null, precision: null }
  return { date: `${date}-01-01`.slice(0, 10), precision: precisionOf(date) }
}

export function fromColumns(date: string | null, precision: DatePrecision | null): PartialDate | undefined {
  if (date === null) return undefined
  return date.slice(0, precision === 'year' ? 4 : precision === 'month' ? 7 : 10) as PartialDate
}

/** The first and the last day that the date may mean. */
export function bounds(date: PartialDate): { first: Temporal.PlainDate; last: Temporal.PlainDate } {
  const first = Temporal.PlainDate.from(`${date}-01-01`.slice(0, 10))
  const precision = precisionOf(date)
  if (precision === 'day') return { first, last: first }
  return { first, last: first.add(precision === 'year' ? { years: 1 } : { months: 1 }).subtract({ days: 1 }) }
}
