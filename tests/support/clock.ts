import type { Clock } from '#platform/clock.ts'

/** A clock that stands still until it is told to move. */
export interface TestClock extends Clock {
  advance(duration: Temporal.DurationLike): void
  set(instant: string): void
}

export function testClock(start = '2026-03-02T01:00:00Z'): TestClock {
  let now = Temporal.Instant.from(start)
  return {
    now: () => now,
    advance(duration) {
      now = now.toZonedDateTimeISO('UTC').add(duration).toInstant()
    },
    set(instant) {
      now = Temporal.Instant.from(instant)
    },
  }
}
