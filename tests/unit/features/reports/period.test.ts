import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  daysOf,
  parsePeriod,
  type Period,
  periodAt,
  periodKey,
  periodKinds,
  type PeriodKind,
  shift,
  yearBefore,
} from '#features/reports/period.ts'

const kinds = Object.keys(periodKinds) as PeriodKind[]
const period = fc
  .tuple(fc.constantFrom(...kinds), fc.integer({ min: 1951, max: 2199 }), fc.nat(11))
  .map(([kind, year, part]): Period => ({ kind, year, part: (part % periodKinds[kind]) + 1 }))

test('a period is read back from its address', () => {
  fc.assert(
    fc.property(period, (one) => {
      expect(parsePeriod(periodKey(one))).toEqual(one)
    }),
  )
})

test.each(['', '26', '2026-H3', '2026-Q0', '2026-13', '2026-00', '2026-1', '1949', '2201', '2026-H1 ', '２０２６'])(
  '“%s” is no period',
  (text) => {
    expect(parsePeriod(text)).toBeUndefined()
  },
)

describe('the days of periods', () => {
  test('of a kind follow one another without a gap, and the year has them all', () => {
    fc.assert(
      fc.property(period, (one) => {
        const { first, last } = daysOf(one)
        expect(daysOf(shift(one, 1)).first.equals(last.add({ days: 1 }))).toBe(true)
        expect(Temporal.PlainDate.compare(first, last)).toBe(-1)
        const months = first.until(last.add({ days: 1 }), { largestUnit: 'months' })
        expect([months.months, months.days]).toEqual([12 / periodKinds[one.kind], 0])
        expect([first.year, last.year]).toEqual([one.year, one.year])
      }),
    )
  })

  test('hold each day of the calendar in exactly the one that it is in', () => {
    const day = fc
      .date({ min: new Date('1951-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
      .map((date) => Temporal.PlainDate.from(date.toISOString().slice(0, 10)))
    fc.assert(
      fc.property(day, fc.constantFrom(...kinds), (one, kind) => {
        const { first, last } = daysOf(periodAt(kind, one))
        expect(Temporal.PlainDate.compare(first, one)).toBeLessThanOrEqual(0)
        expect(Temporal.PlainDate.compare(one, last)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

test('steps forwards and backwards lead back, and as many as a year has lead to the year before', () => {
  fc.assert(
    fc.property(period, fc.integer({ min: -300, max: 300 }), (one, by) => {
      expect(shift(shift(one, by), -by)).toEqual(one)
      expect(shift(one, -periodKinds[one.kind])).toEqual(yearBefore(one))
    }),
  )
})

test('February of the year before a leap year has its own last day', () => {
  expect(daysOf(yearBefore({ kind: 'month', year: 2028, part: 2 })).last.toString()).toBe('2027-02-28')
  expect(daysOf({ kind: 'month', year: 2028, part: 2 }).last.toString()).toBe('2028-02-29')
})
