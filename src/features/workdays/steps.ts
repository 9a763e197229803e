import { and, eq, sql } from 'drizzle-orm'
import { insertRows } from '#db/insert-rows.ts'
import type { Queryable, Transaction } from '#db/client.ts'
import { hubSettings, officeCalendarDays, officeCalendars, officeCalendarYears } from '#db/schema/index.ts'
import { newId } from '#platform/ids.ts'
import type { CalendarDay, Weekday } from './model.ts'
import type { CalendarYear } from './queries.ts'

/** Left by a change of the calendar until every deadline that depends on it was reckoned anew. */
const staleSetting = 'officeCalendarStale'

/** Makes the calendar of a country with its weekend, or changes it. */
export async function writeCalendar(
  tx: Transaction,
  { country, weekend }: { readonly country: string; readonly weekend: readonly Weekday[] },
  at: Temporal.Instant,
): Promise<void> {
  const values = { weekend: [...weekend], updatedAt: at.toString() }
  await tx
    .insert(officeCalendars)
    .values({ country, ...values })
    .onConflictDoUpdate({ target: officeCalendars.country, set: values })
}

/** Writes a year of a calendar in place of what was known of it. The calendar is there. */
export async function writeYear(
  tx: Transaction,
  country: string,
  { year, notice, sources, days }: CalendarYear & { readonly days: readonly CalendarDay[] },
): Promise<void> {
  const values = { notice, sources: [...sources] }
  await tx
    .insert(officeCalendarYears)
    .values({ country, year, ...values })
    .onConflictDoUpdate({ target: [officeCalendarYears.country, officeCalendarYears.year], set: values })
  await tx
    .delete(officeCalendarDays)
    .where(and(eq(officeCalendarDays.country, country), eq(officeCalendarDays.year, year)))
  await insertRows(
    tx,
    officeCalendarDays,
    days.map(({ day, kind, names }) => ({ country, year, day: day.toString(), kind, names: names as never })),
  )
}

/** What every change of a calendar ends with: it is another version, and deadlines are to be reckoned anew. */
export async function calendarChanged(tx: Transaction, country: string, at: Temporal.Instant): Promise<void> {
  await tx
    .update(officeCalendars)
    .set({ version: sql`${officeCalendars.version} + 1`, updatedAt: at.toString() })
    .where(eq(officeCalendars.country, country))
  await markStale(tx, at)
}

/** The office goes by another calendar, or another version of it. */
export async function markStale(tx: Transaction, at: Temporal.Instant): Promise<void> {
  const set = { value: newId(), updatedAt: at.toString() }
  await tx
    .insert(hubSettings)
    .values({ key: staleSetting, ...set })
    .onConflictDoUpdate({ target: hubSettings.key, set })
}

/** The mark of the last change whose deadlines are still to be reckoned; undefined where there is none. */
export async function staleMark(database: Queryable): Promise<string | undefined> {
  const [row] = await database
    .select({ value: hubSettings.value })
    .from(hubSettings)
    .where(eq(hubSettings.key, staleSetting))
  return typeof row?.value === 'string' ? row.value : undefined
}

/** Takes the mark away, unless the calendar changed once more meanwhile. */
export async function clearMark(database: Queryable, mark: string): Promise<void> {
  await database
    .delete(hubSettings)
    .where(and(eq(hubSettings.key, staleSetting), sql`${hubSettings.value} = to_jsonb(${mark}::text)`))
}
