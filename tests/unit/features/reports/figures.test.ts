import { describe, expect, test } from 'vitest'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { readCalendarFilters } from '#features/calendar/model.ts'
import { checkValue, figureKey, figuresWith, listOf, parseFigure } from '#features/reports/model.ts'
import { withQuery } from '#platform/paths.ts'

const figures = figuresWith(['CNY', 'VND'])
const period = { kind: 'quarter', year: 2026, part: 1 } as const
const today = Temporal.PlainDate.from('2026-03-02')

test('every figure has a key of its own that is read back, and may name a cell', () => {
  const keys = figures.map(figureKey)
  expect(new Set(keys).size).toBe(figures.length)
  expect(keys.map(parseFigure)).toEqual(figures)
  // Names that look like a cell's address (ABC1) or stand for rows and columns (R, C) are none in Excel.
  for (const key of keys) expect(key).toMatch(/^[a-z][a-zA-Z_]{3,}$/)
})

test.each(['', 'kind_', 'kind_letter', 'value_CNY', 'technology_value_cny', 'technology_value_XXQ', 'constructor'])(
  '“%s” is no figure',
  (key) => {
    expect(parseFigure(key)).toBeUndefined()
  },
)

test.each(figures.map((figure) => [figureKey(figure), figure] as const))(
  '%s opens a list that there is',
  (_, figure) => {
    const { of, query } = listOf(figure, period)
    const search = new URLSearchParams(withQuery('', query).slice(1))
    expect(search.size).toBeGreaterThan(0)
    const read = of === 'calendar' ? readCalendarFilters(search, today) : readOfficeFilters(search)
    expect(read.confidential).toBe('no')
  },
)

describe('a figure that is changed by hand', () => {
  test.each([
    ['12', '12'],
    ['1,200', '1200'],
    ['๑๒', '12'],
    ['၁၂', '12'],
    ['007', '7'],
  ])('may be %s where it is a count', (typed, value) => {
    expect(checkValue({ name: 'signed' }, typed)).toEqual({ value })
  })

  test.each([
    ['1.5', 'whole_number'],
    ['-1', 'amount_negative'],
    ['twelve', 'amount'],
    ['1e3', 'amount'],
    ['9'.repeat(16), 'amount_large'],
  ])('may not be %s', (typed, problem) => {
    expect(checkValue({ name: 'signed' }, typed)).toEqual({ problem })
  })

  test('has the decimals of its currency where it is a value', () => {
    expect(checkValue({ name: 'contract_value', currency: 'CNY' }, '1,200.50')).toEqual({ value: '1200.5' })
    expect(checkValue({ name: 'contract_value', currency: 'VND' }, '1200.5')).toEqual({ problem: 'amount' })
  })
})
