import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import {
  belongsToYear,
  type CalendarDay,
  daysFrom,
  missingYears,
  runsOf,
  usualWeekend,
  workingDaysOf,
} from '#features/workdays/model.ts'
import { calendarDaysOf, holidaysFile } from '#features/content/holidays.ts'
import { projectRoot } from '#platform/config.ts'

const date = (text: string) => Temporal.PlainDate.from(text)
const begin = date('2025-01-01')
const anyDay = fc.integer({ min: 0, max: 800 }).map((days) => begin.add({ days }))
const anyKind = fc.constantFrom('off' as const, 'work' as const)
const anyNames = fc.constantFrom({}, { en: 'Sample Day' }, { en: 'Another Day', zh: '另一日' })
const anyDays = fc
  .array(fc.record({ day: anyDay, kind: anyKind, names: anyNames }), { maxLength: 120 })
  .map((list): CalendarDay[] => [...new Map(list.map((one) => [one.day.toString(), one])).values()])
const anyWeekend = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 6 })

const shipped = holidaysFile.parse(parse(readFileSync(path.join(projectRoot, 'content/holidays/CN.yaml'), 'utf8')))
const china = workingDaysOf(
  shipped.weekend,
  Object.entries(shipped.years).flatMap(([, year]) => calendarDaysOf(year)),
)

describe('working days', () => {
  test('are what the calendar says of a day, and the weekday where it says nothing', () => {
    fc.assert(
      fc.property(anyWeekend, anyDays, anyDay, (weekend, days, day) => {
        const said = days.find((one) => one.day.equals(day))
        const expected = said === undefined ? !weekend.includes(day.dayOfWeek) : said.kind === 'work'
        expect(workingDaysOf(weekend, days).isWorkingDay(day)).toBe(expected)
      }),
    )
  })

  test('the last one up to a day is a working day, with none between it and the day', () => {
    fc.assert(
      fc.property(anyWeekend, anyDays, anyDay, (weekend, days, day) => {
        const calendar = workingDaysOf(weekend, days)
        const last = calendar.lastWorkingDayUpTo(day)
        expect(calendar.isWorkingDay(last)).toBe(true)
        expect(Temporal.PlainDate.compare(last, day)).toBeLessThanOrEqual(0)
        for (const between of daysFrom(last.add({ days: 1 }), day)) expect(calendar.isWorkingDay(between)).toBe(false)
        expect(last.equals(day)).toBe(calendar.isWorkingDay(day))
      }),
    )
  })

  test('the last one never goes back when the day goes on', () => {
    fc.assert(
      fc.property(anyWeekend, anyDays, anyDay, fc.nat(40), (weekend, days, day, later) => {
        const calendar = workingDaysOf(weekend, days)
        const [before, after] = [day, day.add({ days: later })].map((one) => calendar.lastWorkingDayUpTo(one))
        expect(Temporal.PlainDate.compare(before!, after!)).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('refuse a week of nothing but weekends', () => {
    expect(() => workingDaysOf([1, 2, 3, 4, 5, 6, 7], [])).toThrow(RangeError)
  })
})

describe('the calendar of China that is shipped', () => {
  it.each([
    ['2025-10-08', '2025-09-30'],
    ['2025-09-28', '2025-09-28'],
    ['2026-01-03', '2025-12-31'],
    ['2026-01-04', '2026-01-04'],
    ['2026-02-23', '2026-02-14'],
    ['2026-02-28', '2026-02-28'],
    ['2026-05-09', '2026-05-09'],
    ['2026-10-01', '2026-09-30'],
    ['2026-10-07', '2026-09-30'],
    ['2026-10-11', '2026-10-10'],
    ['2027-01-03', '2027-01-01'],
  ])('the last working day up to %s is %s', (day, expected) => {
    expect(china.lastWorkingDayUpTo(date(day)).toString()).toBe(expected)
  })

  it('has as many days off and working weekends as the notices say', () => {
    const count = (year: string, kind: string) =>
      calendarDaysOf(shipped.years[year]!).filter((day) => day.kind === kind).length
    expect([count('2025', 'off'), count('2025', 'work')]).toEqual([1 + 8 + 3 + 5 + 3 + 8, 5])
    expect([count('2026', 'off'), count('2026', 'work')]).toEqual([3 + 9 + 3 + 5 + 3 + 3 + 7, 6])
    for (const year of Object.values(shipped.years)) {
      for (const { day, kind } of calendarDaysOf(year)) if (kind === 'work') expect(day.dayOfWeek).toBeGreaterThan(5)
    }
  })

  it('calls its days off by their names', () => {
    expect(china.nameOf(date('2026-10-03'))?.['zh']).toBe('国庆节')
    expect(china.nameOf(date('2026-10-10'))).toBeUndefined()
    expect(china.nameOf(date('2026-11-29'))).toBeUndefined()
  })
})

test('runs hold every day once, in order, those off together under one name', () => {
  fc.assert(
    fc.property(anyDays, (days) => {
      const runs = runsOf(days)
      const again = runs.flatMap(({ first, last, kind, names }) =>
        daysFrom(first, last).map((day) => JSON.stringify([day, kind, names])),
      )
      const sorted = days.toSorted((a, b) => Temporal.PlainDate.compare(a.day, b.day))
      expect(again).toEqual(sorted.map(({ day, kind, names }) => JSON.stringify([day, kind, names])))
    }),
  )
})

it('tells of which years ahead nothing is known, and which days a year may speak of', () => {
  expect(missingYears([2025, 2026], date('2026-11-29'))).toEqual([2027])
  expect(missingYears([], date('2026-11-29'))).toEqual([2026, 2027])
  expect(belongsToYear(date('2026-12-31'), 2027)).toBe(true)
  expect(belongsToYear(date('2026-11-30'), 2027)).toBe(false)
  expect(belongsToYear(date('2028-01-01'), 2027)).toBe(false)
  expect(usualWeekend).toEqual([6, 7])
})
