import { expect, test } from 'vitest'
import { drawTerms } from '#features/agreements/terms-drawing.ts'
import type { PartialDate } from '#platform/partial-date.ts'

const today = Temporal.PlainDate.from('2026-07-02')
const term = (begins: string | null, ends: string | null, openEnded = false) => ({
  begins: begins as PartialDate | null,
  ends: ends as PartialDate | null,
  openEnded,
})

test('terms without a date draw nothing', () => {
  expect(drawTerms([term(null, null), term(null, '2028')], today)).toBeUndefined()
})

test('whole years fill the drawing, and one that is known by its year lasts to its end', () => {
  const drawing = drawTerms([term('2026', '2027')], today)
  expect(drawing).toMatchObject({ years: { first: 2026, last: 2027 }, bars: [{ start: 0, length: 1, goesOn: false }] })
  expect(drawing?.today).toBeCloseTo(182 / 730)
})

test('what has no end goes on to the edge, and keeps its place in the list', () => {
  const drawing = drawTerms([term(null, null), term('2026-01-01', null, true), term('2020-01-01', '2021-12-31')], today)
  expect(drawing?.bars.map(({ index, goesOn }) => [index, goesOn])).toEqual([
    [1, true],
    [2, false],
  ])
  for (const bar of drawing?.bars ?? []) expect(bar.start + bar.length).toBeLessThanOrEqual(1)
})

test('a century has about twelve lines', () => {
  const marks = drawTerms([term('1950', '2049')], today)?.marks ?? []
  expect(marks.length).toBeLessThanOrEqual(12)
  expect(marks[0]).toEqual({ year: 1950, place: 0 })
})
