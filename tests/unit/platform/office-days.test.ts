import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { deadlines as deadlinesBy, endAfter, type Term } from '#features/agreements/term.ts'
import { usualWeekend, workingDaysOf } from '#features/workdays/model.ts'
import { nextOfficeMidnight, officeDay } from '#platform/clock.ts'
import type { PartialDate } from '#platform/partial-date.ts'

/**
 * Zones that are strange in every way there is: half and quarter hours, days that were left out at the date line,
 * clocks that are put forward at midnight (a day without one) or back over it (a day that begins twice), by half an
 * hour; and those of the network.
 */
const zones = [
  ...['Asia/Shanghai', 'Asia/Yangon', 'Asia/Kathmandu', 'Asia/Bangkok', 'Asia/Ho_Chi_Minh', 'Asia/Kolkata', 'UTC'],
  ...['Pacific/Apia', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Pacific/Chatham', 'Pacific/Kwajalein'],
  ...['America/Sao_Paulo', 'America/Havana', 'America/St_Johns', 'America/New_York', 'America/Asuncion'],
  ...['Asia/Beirut', 'Asia/Tehran', 'Africa/Cairo', 'Europe/Berlin', 'Europe/Dublin', 'Australia/Lord_Howe'],
]

const instant = (text: string) => Temporal.Instant.from(text)
const at = (now: Temporal.Instant) => ({ now: () => now })
const dayAt = (now: Temporal.Instant, zone: string) => officeDay(at(now), zone)
const midnightAfter = (now: Temporal.Instant, zone: string) => nextOfficeMidnight(at(now), zone)
const order = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other)
const justBefore = (now: Temporal.Instant) => now.subtract({ nanoseconds: 1 })

const anyInstant = fc
  .integer({ min: Date.UTC(1985, 0, 1), max: Date.UTC(2060, 0, 1) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))

/** A zone with an instant: anywhere, or within two hours of a change of its clocks. */
const anyMoment = fc
  .record({
    zone: fc.constantFrom(...zones),
    now: anyInstant,
    nearChange: fc.boolean(),
    seconds: fc.integer({ min: -7200, max: 7200 }),
  })
  .map(({ zone, now, nearChange, seconds }) => {
    const change = nearChange ? now.toZonedDateTimeISO(zone).getTimeZoneTransition('next') : null
    return { zone, now: change === null ? now : change.toInstant().add({ seconds }) }
  })

const often = { numRuns: 2000 }

/** The date on a calendar at the place, reckoned by another library. */
const calendars = new Map(
  zones.map((zone) => [zone, new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })]),
)

describe('the office’s day', () => {
  test('is the date on a calendar at the place', () => {
    fc.assert(
      fc.property(anyMoment, ({ zone, now }) => {
        expect(dayAt(now, zone).toString()).toBe(calendars.get(zone)?.format(now.epochMilliseconds))
      }),
      often,
    )
  })

  test('lasts until the next midnight and not a nanosecond longer', () => {
    fc.assert(
      fc.property(anyMoment, ({ zone, now }) => {
        const midnight = midnightAfter(now, zone)
        const day = dayAt(now, zone)
        expect(order(midnight, now)).toBe(1)
        expect(dayAt(justBefore(midnight), zone).equals(day)).toBe(true)
        expect(Temporal.PlainDate.compare(dayAt(midnight, zone), day)).toBe(1)
      }),
      often,
    )
  })

  test('has the same end whenever in it one asks, after its last change of clocks', () => {
    fc.assert(
      fc.property(anyMoment, ({ zone, now }) => {
        const midnight = midnightAfter(now, zone)
        expect(order(midnightAfter(justBefore(midnight), zone), midnight)).toBe(0)
        expect(order(midnightAfter(midnight, zone), midnight)).toBe(1)
      }),
      often,
    )
  })

  it.each([
    ['Asia/Yangon', '2026-03-01T17:29:59Z', '2026-03-01', '2026-03-01T17:30:00Z'],
    ['Asia/Kathmandu', '2026-03-01T18:14:59Z', '2026-03-01', '2026-03-01T18:15:00Z'],
    ['Asia/Shanghai', '2026-02-28T16:00:00Z', '2026-03-01', '2026-03-01T16:00:00Z'],
    // Summer time in China, which ended at two in the morning.
    ['Asia/Shanghai', '1991-09-14T14:59:59Z', '1991-09-14', '1991-09-14T15:00:00Z'],
    // Samoa left out 30 December 2011.
    ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29', '2011-12-30T10:00:00Z'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31', '2011-12-31T10:00:00Z'],
    // The day began at one: clocks were put forward at midnight.
    ['America/Sao_Paulo', '2018-11-04T02:59:59Z', '2018-11-03', '2018-11-04T03:00:00Z'],
    // Clocks were put back at one minute past midnight, so that 6 November went on after 7 November had begun.
    ['America/St_Johns', '2010-11-07T02:29:59Z', '2010-11-06', '2010-11-07T02:30:00Z'],
    ['America/St_Johns', '2010-11-07T03:00:00Z', '2010-11-06', '2010-11-07T03:30:00Z'],
    ['America/St_Johns', '2010-11-07T03:30:00Z', '2010-11-07', '2010-11-08T03:30:00Z'],
  ])('in %s at %s is %s, until %s', (zone, now, day, midnight) => {
    expect(dayAt(instant(now), zone).toString()).toBe(day)
    expect(midnightAfter(instant(now), zone).toString()).toBe(midnight)
  })
})

const workingDays = workingDaysOf(usualWeekend, [])
const deadlines = (term: Term, day: Temporal.PlainDate) => deadlinesBy(term, day, workingDays)

describe('deadlines', () => {
  const anyTerm = fc
    .record({
      ends: fc.integer({ min: 0, max: 365 * 60 }).map((days) => Temporal.PlainDate.from('1990-01-01').add({ days })),
      renewalMonths: fc.integer({ min: 1, max: 36 }),
      renewalLimit: fc.option(fc.integer({ min: 0, max: 5 })),
      amount: fc.integer({ min: 0, max: 12 }),
      unit: fc.constantFrom('days' as const, 'months' as const),
      leadDays: fc.integer({ min: 0, max: 90 }),
    })
    .map(({ ends, amount, unit, ...rest }): Term => ({
      effective: null,
      ends: ends.toString() as PartialDate,
      openEnded: false,
      renewal: 'automatic',
      notice: { amount, unit },
      ...rest,
    }))
  const as = (value: ReturnType<typeof deadlines>) => JSON.stringify(value)

  test('are the same all day long at the office, whatever the clocks do', () => {
    fc.assert(
      fc.property(anyTerm, anyMoment, (term, { zone, now }) => {
        const later = justBefore(midnightAfter(now, zone))
        expect(as(deadlines(term, dayAt(later, zone)))).toBe(as(deadlines(term, dayAt(now, zone))))
      }),
    )
  })

  test('move on at the midnight after the end at the office, and at no other moment', () => {
    fc.assert(
      fc.property(anyTerm, fc.constantFrom(...zones), fc.integer({ min: 0, max: 6 }), (term, zone, renewals) => {
        const first = Temporal.PlainDate.from(term.ends ?? '')
        const last = endAfter(first, renewals, term.renewalMonths ?? 0)
        // Where the last day was left out at the date line, the term ends with the day before it.
        const midnight = midnightAfter(last.toZonedDateTime(zone).toInstant(), zone)
        const until = last.toZonedDateTime(zone).toPlainDate().equals(last)
          ? midnight
          : last.toZonedDateTime(zone).toInstant()
        const most = (count: number) => Math.min(count, term.renewalLimit ?? Infinity)
        expect(deadlines(term, dayAt(justBefore(until), zone)).renewals).toBe(most(renewals))
        expect(deadlines(term, dayAt(until, zone)).renewals).toBe(most(renewals + 1))
      }),
      often,
    )
  })

  test('are days and not instants: each office reaches the same day at its own midnight', () => {
    fc.assert(
      fc.property(anyTerm, anyMoment, fc.constantFrom(...zones), (term, { zone, now }, otherZone) => {
        const day = dayAt(now, zone)
        const there = day.toZonedDateTime(otherZone)
        fc.pre(there.toPlainDate().equals(day))
        const other = deadlines(term, dayAt(there.toInstant(), otherZone))
        expect(as(other)).toBe(as(deadlines(term, day)))
      }),
    )
  })
})
