import { expect, test } from 'vitest'
import { nextOfficeMidnight, officeDay, systemClock } from '#platform/clock.ts'
import { testClock } from '#tests/support/clock.ts'

const shanghai = 'Asia/Shanghai'

test.each([
  ['2026-03-01T15:59:59.999Z', '2026-03-01'],
  ['2026-03-01T16:00:00Z', '2026-03-02'],
  ['2026-12-31T16:00:00Z', '2027-01-01'],
])('at %s it is %s at the office', (instant, day) => {
  expect(officeDay(testClock(instant), shanghai).toString()).toBe(day)
})

test("the office's next day begins at its own midnight", () => {
  expect(nextOfficeMidnight(testClock('2026-03-01T15:59:59Z'), shanghai).toString()).toBe('2026-03-01T16:00:00Z')
  expect(nextOfficeMidnight(testClock('2026-03-01T16:00:00Z'), shanghai).toString()).toBe('2026-03-02T16:00:00Z')
})

test('a day on which the clocks are put forward is shorter', () => {
  const clock = testClock('2026-03-29T12:00:00Z')
  expect(nextOfficeMidnight(clock, 'Europe/Berlin').toString()).toBe('2026-03-29T22:00:00Z')
})

test('the system clock says the present', () => {
  const before = Temporal.Now.instant()
  expect(Temporal.Instant.compare(systemClock.now(), before)).toBeGreaterThanOrEqual(0)
})
