import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { deadlines, endAfter, noticeExceedsTerm, renewalsBy, type Term } from '#features/agreements/term.ts'
import { workingDaysOf } from '#features/workdays/model.ts'
import { parsePartialDate, type PartialDate } from '#platform/partial-date.ts'

const date = (text: string) => Temporal.PlainDate.from(text)
const partial = (text: string) => parsePartialDate(text) as PartialDate

const plain: Term = {
  effective: partial('2024-05-30'),
  ends: partial('2025-05-29'),
  openEnded: false,
  renewal: 'none',
  renewalMonths: null,
  renewalLimit: null,
  notice: null,
  leadDays: null,
}

const everyDay = workingDaysOf([], [])

const anyDay = fc.integer({ min: 0, max: 365 * 120 }).map((days) => date('1980-01-01').add({ days }))
const anyMonths = fc.integer({ min: 1, max: 60 })

describe('the end after renewals', () => {
  it.each([
    ['2025-05-29', 1, 12, '2026-05-29'],
    ['2024-02-29', 1, 12, '2025-02-28'],
    ['2025-02-28', 3, 12, '2028-02-29'],
    ['2025-01-31', 1, 1, '2025-02-28'],
    ['2025-01-31', 2, 1, '2025-03-31'],
    ['2024-12-31', 5, 12, '2029-12-31'],
  ])('of %s, %i × %i months, is %s', (end, renewals, months, expected) => {
    expect(endAfter(date(end), renewals, months).toString()).toBe(expected)
  })

  test('grows with each renewal and never drifts from the day agreed', () => {
    fc.assert(
      fc.property(anyDay, anyMonths, fc.integer({ min: 0, max: 40 }), (end, months, renewals) => {
        const now = endAfter(end, renewals, months)
        const next = endAfter(end, renewals + 1, months)
        expect(Temporal.PlainDate.compare(now, next)).toBe(-1)
        // The day after the end is the corresponding day, or the month's last where it has none.
        const begins = now.add({ days: 1 })
        const wanted = end.add({ days: 1 }).day
        expect(begins.day).toBe(Math.min(wanted, begins.daysInMonth))
      }),
    )
  })
})

describe('renewals by a day', () => {
  const renewing = (limit: number | null, months: number): Term => ({
    ...plain,
    renewal: 'automatic',
    renewalMonths: months,
    renewalLimit: limit,
  })

  test('are the fewest after which the day lies within the term, never more than the limit', () => {
    fc.assert(
      fc.property(anyDay, anyMonths, anyDay, fc.option(fc.integer({ min: 0, max: 9 })), (end, months, day, limit) => {
        const renewals = renewalsBy(renewing(limit, months), end, day)
        const reached = endAfter(end, renewals, months)
        if (limit !== null && renewals === limit) {
          expect(renewals).toBeLessThanOrEqual(limit)
          return
        }
        expect(Temporal.PlainDate.compare(reached, day)).toBeGreaterThanOrEqual(0)
        if (renewals > 0) expect(Temporal.PlainDate.compare(endAfter(end, renewals - 1, months), day)).toBe(-1)
      }),
    )
  })

  it('do not happen on the last day itself, but on the day after', () => {
    expect(renewalsBy(renewing(null, 12), date('2025-05-29'), date('2025-05-29'))).toBe(0)
    expect(renewalsBy(renewing(null, 12), date('2025-05-29'), date('2025-05-30'))).toBe(1)
    expect(renewalsBy(renewing(1, 12), date('2025-05-29'), date('2040-01-01'))).toBe(1)
    expect(renewalsBy(plain, date('2025-05-29'), date('2040-01-01'))).toBe(0)
  })
})

describe('deadlines', () => {
  it('tell how they came about', () => {
    const term: Term = {
      ...plain,
      renewal: 'automatic',
      renewalMonths: 12,
      notice: { amount: 3, unit: 'months' },
      leadDays: 30,
    }
    const { renewals, end, notice, lead } = deadlines(term, date('2026-01-10'), everyDay)
    expect(renewals).toBe(1)
    expect(end?.date.toString()).toBe('2026-05-29')
    expect(notice?.date.toString()).toBe('2026-02-28')
    expect(lead?.date.toString()).toBe('2026-01-29')
    expect(lead?.reasons.map((reason) => reason.code)).toEqual(['agreed_end', 'renewed', 'notice', 'lead'])
  })

  it('read a date that is known to the month as early as it can be, and say so', () => {
    const { end } = deadlines({ ...plain, ends: partial('2026-02') }, date('2025-06-01'), everyDay)
    expect(end?.date.toString()).toBe('2026-02-01')
    expect(end?.reasons.map((reason) => reason.code)).toEqual(['agreed_end', 'earliest_reading'])
  })

  it('are none for what is open-ended or has no known end', () => {
    expect(
      deadlines({ ...plain, ends: null, openEnded: true, leadDays: 5 }, date('2025-06-01'), everyDay).lead,
    ).toBeUndefined()
    expect(deadlines({ ...plain, ends: null }, date('2025-06-01'), everyDay).end).toBeUndefined()
  })

  test('notice never comes after the end, nor the office’s own beginning after the notice', () => {
    fc.assert(
      fc.property(
        anyDay,
        anyDay,
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom('days' as const, 'months' as const),
        fc.integer({ min: 0, max: 400 }),
        (ends, day, amount, unit, leadDays) => {
          const term: Term = { ...plain, ends: partial(ends.toString()), notice: { amount, unit }, leadDays }
          const { end, notice, lead } = deadlines(term, day, everyDay)
          expect(Temporal.PlainDate.compare(notice!.date, end!.date)).toBeLessThanOrEqual(0)
          expect(lead!.date.add({ days: leadDays }).equals(notice!.date)).toBe(true)
        },
      ),
    )
  })
})

describe('the office’s own beginning', () => {
  const term: Term = { ...plain, ends: partial('2026-10-31'), leadDays: 28 }
  const names = { en: 'Sample Day' }
  const holidays = ['2026-10-01', '2026-10-02', '2026-10-03'].map(
    (text) => ({ day: date(text), kind: 'off', names }) as const,
  )

  it('moves back to the last working day before a day off, and says why', () => {
    const { lead } = deadlines(term, date('2026-09-01'), workingDaysOf([6, 7], holidays))
    expect(lead?.date.toString()).toBe('2026-09-30')
    expect(lead?.reasons.slice(-2)).toMatchObject([
      { code: 'lead', days: 28, date: date('2026-10-03') },
      { code: 'day_off', names, date: date('2026-09-30') },
    ])
  })

  it('moves for a mere weekend, which has no name, and stays on a weekend that is worked', () => {
    const { lead } = deadlines(term, date('2026-09-01'), workingDaysOf([6, 7], []))
    expect(lead?.date.toString()).toBe('2026-10-02')
    expect(lead?.reasons.at(-1)).toMatchObject({ code: 'day_off', names: null })
    const worked = [{ day: date('2026-10-03'), kind: 'work', names: {} } as const]
    expect(deadlines(term, date('2026-09-01'), workingDaysOf([6, 7], worked)).lead?.date.toString()).toBe('2026-10-03')
  })

  test('falls on a working day, never later than reckoned, and neither notice nor end moves', () => {
    fc.assert(
      fc.property(anyDay, anyDay, fc.nat(400), fc.uniqueArray(fc.nat(60)), (ends, day, leadDays, offs) => {
        const anyTerm: Term = {
          ...plain,
          ends: partial(ends.toString()),
          notice: { amount: 30, unit: 'days' },
          leadDays,
        }
        const plainly = deadlines(anyTerm, day, everyDay)
        const off = offs.map(
          (n) => ({ day: plainly.lead!.date.subtract({ days: n }), kind: 'off', names: {} }) as const,
        )
        const calendar = workingDaysOf([6, 7], off)
        const { end, notice, lead } = deadlines(anyTerm, day, calendar)
        expect(calendar.isWorkingDay(lead!.date)).toBe(true)
        expect(lead!.date.equals(calendar.lastWorkingDayUpTo(plainly.lead!.date))).toBe(true)
        expect([end, notice]).toEqual([plainly.end, plainly.notice])
        expect(lead!.reasons.at(-1)?.code).toBe(lead!.date.equals(plainly.lead!.date) ? 'lead' : 'day_off')
      }),
    )
  })
})

test('a notice period that is longer than the term is told', () => {
  expect(noticeExceedsTerm({ ...plain, notice: { amount: 13, unit: 'months' } })).toBe(true)
  expect(noticeExceedsTerm({ ...plain, notice: { amount: 3, unit: 'months' } })).toBe(false)
  expect(noticeExceedsTerm({ ...plain, ends: null, notice: { amount: 3, unit: 'months' } })).toBe(false)
})
