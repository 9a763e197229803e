/** Where the present comes from; passed in, so that tests can pass their own. */
export interface Clock {
  now(): Temporal.Instant
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** The day it is at the office: what "today", "due" and "overdue" mean everywhere. */
export function officeDay(clock: Clock, officeTimeZone: string): Temporal.PlainDate {
  return clock.now().toZonedDateTimeISO(officeTimeZone).toPlainDate()
}

/** The instant at which the office's next day begins: what depends on the date is stale from then on. */
export function nextOfficeMidnight(clock: Clock, officeTimeZone: string): Temporal.Instant {
  return officeDay(clock, officeTimeZone).add({ days: 1 }).toZonedDateTime(officeTimeZone).toInstant()
}
