import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarQuery, dueKinds, dueStates, readCalendarFilters, weeksOf } from '#features/calendar/model.ts'
import { withQuery } from '#platform/paths.ts'

const today = Temporal.PlainDate.from('2026-03-02')
const read = (query: string) => readCalendarFilters(new URLSearchParams(query), today)
const written = (query: string) => withQuery('', calendarQuery(read(query))).slice(1)

test('a calendar without anything in its address is this month; with days or a state it is an agenda', () => {
  expect(read('')).toMatchObject({ view: 'month', kinds: [], state: undefined, page: 1 })
  expect(read('').month.toString()).toBe('2026-03')
  expect(read('show=overdue').view).toBe('agenda')
  expect(read('show=overdue').days.last.toString()).toBe('2026-03-01')
  expect(read('days=2026-01-01/2026-01-31').view).toBe('agenda')
  expect(read('view=agenda').days.last.toString()).toBe('2026-05-31')
})

test.each([
  'view=year',
  'month=2026',
  'month=2026-13',
  'month=0001-01',
  'what=birthday',
  'show=some',
  'officer=me',
  'days=2026-01-31/2026-01-01',
  'days=2000-01-01/2026-01-01',
  'days=soon',
  'page=x',
  'month=2026-03&month=2026-04',
])('“%s” is no calendar of ours', (query) => {
  expect(() => read(query)).toThrow(expect.objectContaining({ code: 'bad_request' }))
})

test('the address of whatever is asked for is read back as the same', () => {
  const asked = fc
    .record(
      {
        view: fc.constantFrom('month', 'agenda'),
        month: fc.constantFrom('2025-12', '2026-02'),
        days: fc.constant('2026-01-01/2026-03-31'),
        what: fc.subarray([...dueKinds]),
        show: fc.constantFrom(...dueStates),
        officer: fc.constant('01a208e0-c665-7126-afa7-09c0964228d6'),
        page: fc.integer({ min: 1, max: 9 }),
      },
      { requiredKeys: [] },
    )
    .map((query) => withQuery('', query as never).slice(1))
  fc.assert(
    fc.property(asked, (query) => {
      expect(written(written(query))).toBe(written(query))
    }),
  )
})

describe('the weeks of a month', () => {
  test('begin on a Monday, follow one another, and hold every day of the month and no whole week beside it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2200 }), fc.integer({ min: 1, max: 12 }), (year, number) => {
        const month = Temporal.PlainYearMonth.from({ year, month: number })
        const weeks = weeksOf(month)
        const days = weeks.flat()
        expect(weeks.every((week) => week.length === 7 && week[0]?.dayOfWeek === 1)).toBe(true)
        expect(days.every((day, n) => n === 0 || day.equals(days[n - 1]!.add({ days: 1 })))).toBe(true)
        const own = days.filter((day) => day.toPlainYearMonth().equals(month))
        expect(own).toHaveLength(month.daysInMonth)
        expect(weeks.every((week) => week.some((day) => day.toPlainYearMonth().equals(month)))).toBe(true)
      }),
    )
  })
})
