import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DayOrder, readDate } from '#features/agreement-imports/dates.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { locales } from '#platform/i18n/locales.ts'

const read = (cell: string, dayOrder: DayOrder = '', date1904 = false) => readDate(cell, { dayOrder, date1904 })
const dateIn = (cell: string, dayOrder: DayOrder = '') => {
  const found = read(cell, dayOrder)
  return found !== undefined && 'date' in found ? found.date : found
}

const days = fc
  .integer({ min: 0, max: 109_572 })
  .map((n) => Temporal.PlainDate.from('1900-03-01').add({ days: n }))
  .filter(({ year }) => year >= 1928 && year <= 2172)

describe('dates in cells', () => {
  it.each([
    ['46143', '2026-05-01'],
    ['2026-05-01', '2026-05-01'],
    ['2026/5/1', '2026-05-01'],
    ['2026-05-01T00:00:00Z', '2026-05-01'],
    ['2026年5月1日', '2026-05-01'],
    ['２０２６年５月', '2026-05'],
    ['二〇二六年五月一日', '2026-05-01'],
    ['二零二五年十二月三十一日', '2025-12-31'],
    ['1 May 2026', '2026-05-01'],
    ['May 1, 2026', '2026-05-01'],
    ['๑ พฤษภาคม ๒๕๖๙', '2026-05-01'],
    ['วันที่ 1 พ.ค. พ.ศ. 2569', '2026-05-01'],
    ['ngày 1 tháng 5 năm 2026', '2026-05-01'],
    ['29/02/2567', '2024-02-29'],
    ['13/05/2569', '2026-05-13'],
    ['05/13/2026', '2026-05-13'],
    ['05/05/2026', '2026-05-05'],
    ['05/2026', '2026-05'],
    ['2569', '2026'],
    ['20260501', '2026-05-01'],
  ])('%s is %s', (cell, day) => expect(dateIn(cell)).toBe(day))

  it.each(['31/02/2026', '2026-13-01', '2026年2月30日'])('%s is no day', (cell) => {
    expect(read(cell)).toEqual({ problem: 'date_no_such_day' })
  })

  it('are not read into what is none', () => {
    for (const cell of ['hello', '12', '1/2/3/2026', '60', 'May', '1 Smarch 2026', '2026-05-01 to 2027-05-01']) {
      expect(read(cell), cell).toEqual({ problem: 'date_unreadable' })
    }
    expect(read('1/5/26')).toEqual({ problem: 'date_short_year' })
    expect(read('  ')).toBeUndefined()
  })

  it('ask which of day and month comes first, and never guess', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1950, max: 2150 }),
        fc.constantFrom('/', '-', '.'),
        fc.boolean(),
        (a, b, year, mark, buddhist) => {
          const cell = [a, b, buddhist ? year + 543 : year].map(String).join(mark)
          const iso = (month: number, day: number) => Temporal.PlainDate.from({ year, month, day }).toString()
          const [dayFirst, monthFirst] = [iso(b, a), iso(a, b)]
          expect(read(cell)).toEqual(a === b ? { date: dayFirst } : { ambiguous: [dayFirst, monthFirst] })
          expect(dateIn(cell, 'day')).toBe(dayFirst)
          expect(dateIn(cell, 'month')).toBe(monthFirst)
        },
      ),
    )
  })

  it('come back as every language of the site writes them', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(4, 7, 10), fc.constantFrom(...locales), (day, length, locale) => {
        const date = day.toString().slice(0, length)
        expect(dateIn(formatDate(date, locale)), formatDate(date, locale)).toBe(date)
      }),
    )
  })

  it('come back from serial numbers of both systems', () => {
    fc.assert(
      fc.property(days, fc.boolean(), (day, date1904) => {
        const first = Temporal.PlainDate.from(date1904 ? '1904-01-01' : '1899-12-30')
        const serial = first.until(day).days
        if (serial < 10_000) return
        expect(read(String(serial), '', date1904)).toEqual({ date: day.toString() })
      }),
    )
  })
})
