/** Where the present comes from; passed in, so that tests can pass their own. */
export interface Clock {
  now(): Temporal.Instant
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** The day it is at the office: what "today", "due" and "overdue" mean everywhere. */
export function officeDay(clock: Clock, officeTimeZone: string): Temporal.PlainDate {
  return clock.now().toZonedDateTimeISO(officeTimeZone).toPlainDate()
}

/** The instant, always ahead, at which the office's next day begins: what depends on the date is stale from then on. */
export function nextOfficeMidnight(clock: Clock, officeTimeZone: string): Temporal.Instant {
  const now = clock.now()
  const next = now.toZonedDateTimeISO(officeTimeZone).toPlainDate().add({ days: 1 })
  const begins = next.toZonedDateTime(officeTimeZone).toInstant()
  if (Temporal.Instant.compare(begins, now) > 0) return begins
  // Clocks that are put back over midnight let a day begin twice, and the first time is over.
  return next.toPlainDateTime().toZonedDateTime(officeTimeZone, { disambiguation: 'later' }).toInstant()
}
