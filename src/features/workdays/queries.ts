import { and, asc, eq, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { hubSettings, officeCalendarDays, officeCalendars, officeCalendarYears } from '#db/schema/index.ts'
import { type CalendarDay, usualCountry, usualWeekend, type Weekday, type WorkingDays, workingDaysOf } from './model.ts'

export const countrySetting = 'officeCalendar'

/** The country whose calendar is the office's. */
export async function officeCountry(database: Queryable): Promise<string> {
  const [row] = await database
    .select({ value: hubSettings.value })
    .from(hubSettings)
    .where(eq(hubSettings.key, countrySetting))
  return typeof row?.value === 'string' ? row.value : usualCountry
}

/** A year of which more than its weekends is known. */
export interface CalendarYear {
  readonly year: number
  readonly notice: string
  readonly sources: readonly string[]
}

export interface Calendar {
  readonly country: string
  readonly weekend: readonly Weekday[]
  /** Counts its changes. */
  readonly version: number
  /** When it was changed last; undefined for a country of which nothing is recorded. */
  readonly updatedAt: Temporal.Instant | undefined
  /** In order. */
  readonly years: readonly CalendarYear[]
  readonly days: readonly YearDay[]
}

/** A day, and the year whose arrangement it belongs to. */
export interface YearDay extends CalendarDay {
  readonly year: number
}

/** The calendar of a country: nothing but the usual weekends where none is recorded. */
export async function readCalendar(database: Queryable, country: string): Promise<Calendar> {
  const ofCountry = eq(officeCalendarDays.country, country)
  const [calendars, years, days] = await Promise.all([
    database.select().from(officeCalendars).where(eq(officeCalendars.country, country)),
    database
      .select()
      .from(officeCalendarYears)
      .where(eq(officeCalendarYears.country, country))
      .orderBy(asc(officeCalendarYears.year)),
    database.select().from(officeCalendarDays).where(ofCountry).orderBy(asc(officeCalendarDays.day)),
  ])
  const [calendar] = calendars
  return {
    country,
    weekend: calendar?.weekend ?? usualWeekend,
    version: calendar?.version ?? 0,
    updatedAt: calendar === undefined ? undefined : Temporal.Instant.from(calendar.updatedAt),
    years: years.map(({ year, notice, sources }) => ({ year, notice, sources })),
    days: days.map(dayFrom),
  }
}

function dayFrom({ day, year, kind, names }: typeof officeCalendarDays.$inferSelect): YearDay {
  return { day: Temporal.PlainDate.from(day), year, kind, names }
}

/** The days of one year's arrangement, in order. */
export async function daysOfYear(database: Queryable, country: string, year: number): Promise<readonly CalendarDay[]> {
  const rows = await database
    .select()
    .from(officeCalendarDays)
    .where(and(eq(officeCalendarDays.country, country), eq(officeCalendarDays.year, year)))
    .orderBy(asc(officeCalendarDays.day))
  return rows.map(dayFrom)
}

/** The countries that a calendar is recorded for. */
export async function calendarCountries(database: Queryable): Promise<readonly string[]> {
  const rows = await database
    .select({ country: officeCalendars.country })
    .from(officeCalendars)
    .orderBy(asc(officeCalendars.country))
  return rows.map(({ country }) => country)
}

interface Kept {
  readonly stamp: string
  readonly days: WorkingDays
}

const kept = new WeakMap<Queryable, Kept>()

/** On which days the office works, by the calendar that it chose. Read anew when that was written since. */
export async function officeWorkingDays(database: Queryable): Promise<WorkingDays> {
  // Every change of a calendar writes its own row as well, which then has the id of a new transaction (`xmin`).
  const [chosen] = await database.execute<{ country: string; stamp: string }>(sql`
    select country, concat_ws(' ', country, c.xmin) as stamp
    from (select coalesce((
        select ${hubSettings.value} #>> '{}' from ${hubSettings} where ${hubSettings.key} = ${countrySetting}
      ), ${usualCountry}) as country) as own
    left join ${officeCalendars} c using (country)`)
  const { country = usualCountry, stamp = '' } = chosen ?? {}
  const known = kept.get(database)
  if (known?.stamp === stamp) return known.days
  const { weekend, days } = await readCalendar(database, country)
  const made = workingDaysOf(weekend, days)
  kept.set(database, { stamp, days: made })
  return made
}
