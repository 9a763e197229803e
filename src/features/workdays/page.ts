import { type CalendarRun, missingYears, runsOf, type WorkingDays, workingDaysOf } from './model.ts'
import { type Calendar, officeCountry, readCalendar } from './queries.ts'
import { officeDay } from '#platform/clock.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'

/** What the page about the office's calendar shows. */
export interface CalendarPage {
  readonly calendar: Calendar
  readonly workingDays: WorkingDays
  readonly today: Temporal.PlainDate
  /** The year that is shown. */
  readonly year: number
  readonly runs: readonly CalendarRun[]
  /** Days that are being changed. */
  readonly change: CalendarRun | undefined
  /** This year and the next, where nothing but weekends is known of them. */
  readonly missing: readonly number[]
}

/**
 * @param typed of the address: the year, and the first of the days that are to be changed
 * @throws DomainError `bad_request` for a year that cannot be one
 */
export async function readCalendarPage(
  { database, clock, config }: Pick<AppContext, 'database' | 'clock' | 'config'>,
  typed: { readonly year: string | null; readonly change: string | null },
): Promise<CalendarPage> {
  const today = officeDay(clock, config.officeTimeZone)
  if (typed.year !== null && !/^(?:199|20\d|21\d)\d$/.test(typed.year))
    throw new DomainError('bad_request', { parameter: 'year' })
  const calendar = await readCalendar(database, await officeCountry(database))
  const year = typed.year === null ? today.year : Number(typed.year)
  const runs = runsOf(calendar.days.filter((one) => one.year === year))
  return {
    calendar,
    workingDays: workingDaysOf(calendar.weekend, calendar.days),
    today,
    year,
    runs,
    change: runs.find(({ first }) => first.toString() === typed.change),
    missing: missingYears(
      calendar.years.map((one) => one.year),
      today,
    ),
  }
}
