import { bounds, type PartialDate } from '#platform/partial-date.ts'

/** The term of one agreement, as far as it is known. */
export interface DrawnTerm {
  readonly begins: PartialDate | null
  readonly ends: PartialDate | null
  readonly openEnded: boolean
}

export interface TermBar {
  /** Of the agreement in the list, from 0. */
  readonly index: number
  /** From the left edge, and how long, as parts of 1. */
  readonly start: number
  readonly length: number
  /** It goes on beyond the right edge: no end was agreed, or none is known. */
  readonly goesOn: boolean
}

export interface TermsDrawing {
  /** The first year and the last, both included. */
  readonly years: { readonly first: number; readonly last: number }
  /** Years with a line, at most about twelve, each with its place. */
  readonly marks: readonly { readonly year: number; readonly place: number }[]
  readonly bars: readonly TermBar[]
  /** Where today is; undefined where it is off the drawing. */
  readonly today: number | undefined
}

const mostMarks = 12

/** Terms as bars over years; undefined where none has a date. Those without a beginning have no bar. */
export function drawTerms(terms: readonly DrawnTerm[], today: Temporal.PlainDate): TermsDrawing | undefined {
  const dated = terms.flatMap(({ begins, ends, openEnded }, index) => {
    if (begins === null) return []
    const first = bounds(begins).first
    return [{ index, first, last: ends === null || openEnded ? undefined : bounds(ends).last }]
  })
  if (dated.length === 0) return undefined
  const days = dated.flatMap(({ first, last }) => [first, last ?? today])
  const first = Math.min(...days.map((day) => day.year))
  const last = Math.max(...days.map((day) => day.year))
  const left = Temporal.PlainDate.from({ year: first, month: 1, day: 1 })
  const width = left.until({ year: last + 1, month: 1, day: 1 }, { largestUnit: 'day' }).days
  const place = (day: Temporal.PlainDate) => left.until(day, { largestUnit: 'day' }).days / width
  const step = Math.ceil((last - first + 1) / mostMarks)
  const marks = []
  for (let year = first; year <= last; year += step) {
    marks.push({ year, place: place(Temporal.PlainDate.from({ year, month: 1, day: 1 })) })
  }
  const now = place(today)
  return {
    years: { first, last },
    marks,
    bars: dated.map(({ index, first: begin, last: end }) => {
      const start = place(begin)
      // Its last day included.
      const stop = end === undefined ? 1 : place(end.add({ days: 1 }))
      return { index, start, length: Math.max(0, stop - start), goesOn: end === undefined }
    }),
    today: now >= 0 && now <= 1 ? now : undefined,
  }
}
