import type { Transaction } from '#db/client.ts'
import { calendarChanged, writeCalendar, writeYear } from '#features/workdays/steps.ts'
import type { AuditValue, Change } from '#platform/audit/canonical.ts'
import type { AuditEntry } from '#platform/audit/record.ts'
import { calendarDaysOf, type Holidays, holidaysAsWritten, type YearOfHolidays } from './holidays.ts'

/**
 * Writes what differs of a pack's calendars: a year of the pack takes the place of the database's, other years stay.
 * Returns what is to be audited.
 */
export async function writeHolidays(
  tx: Transaction,
  wanted: ReadonlyMap<string, Holidays>,
  present: ReadonlyMap<string, Holidays>,
  at: Temporal.Instant,
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = []
  for (const [country, { weekend, years }] of wanted) {
    const before = present.get(country)
    const changes: Change[] = []
    if (before === undefined || before.weekend.join() !== weekend.join()) {
      await writeCalendar(tx, { country, weekend }, at)
      changes.push({ field: 'weekend', before: before?.weekend ?? null, after: weekend })
    }
    for (const [year, ofYear] of Object.entries(years)) {
      const [was, is] = [written(before?.years[year]), written(ofYear)]
      if (JSON.stringify(was) === JSON.stringify(is)) continue
      const { notice, sources } = ofYear
      await writeYear(tx, country, { year: Number(year), notice, sources, days: calendarDaysOf(ofYear) })
      changes.push({ field: `years.${year}`, before: was, after: is })
    }
    if (changes.length === 0) continue
    await calendarChanged(tx, country, at)
    const field = (change: Change) => ({ ...change, field: `${country}.${change.field}` })
    entries.push({ action: 'calendar.import', subject: { kind: 'calendar', id: null }, at, changes: changes.map(field) })
  }
  return entries
}

/** A year as plain values, whatever order its keys came in. */
function written(year: YearOfHolidays | undefined): AuditValue {
  if (year === undefined) return null
  const { years } = holidaysAsWritten({ weekend: [], years: { one: year } }) as { years: { one: AuditValue } }
  return years.one
}
