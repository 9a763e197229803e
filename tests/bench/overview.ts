import { sql } from 'drizzle-orm'
import { milestoneOccurrences } from '#db/schema/index.ts'
import type { StaffActor } from '#features/accounts/enter-office.ts'
import { readCalendarFilters } from '#features/calendar/model.ts'
import { readCalendarPage } from '#features/calendar/page.ts'
import { countAll } from '#features/overview/count.ts'
import { readDashboard } from '#features/overview/queries.ts'
import { parsePeriod } from '#features/reports/period.ts'
import { readReport } from '#features/reports/queries.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import type { AppContext } from '#platform/context.ts'
import type { BenchRow } from './brief.ts'
import type { Measure } from './register.ts'

const dashboardMs = 150

/** The register at a glance, its calendar and its reports, at 100,000 agreements and their milestones. */
export async function benchOverview(
  context: AppContext,
  actor: StaffActor,
  today: Temporal.PlainDate,
  measure: Measure,
): Promise<BenchRow[]> {
  const { database } = context
  const { officeTimeZone: timeZone } = context.config
  const [{ n } = { n: 0 }] = await database.select({ n: sql<number>`count(*)::int` }).from(milestoneOccurrences)
  const calendar = (query: string) => {
    const filters = readCalendarFilters(new URLSearchParams(query), today)
    return () => readCalendarPage(database, { actor, filters, locale: 'th', today })
  }
  const period = parsePeriod(String(today.year))
  if (period === undefined) throw new Error('there is no report of this year')
  return [
    await measure(`the dashboard, with ${n} due days`, () => readDashboard(database, actor, today), dashboardMs),
    // Without a budget of its own: once after each change, whoever comes first waits for it.
    await measure('the dashboard, counted anew', () => countAll(database, visibleTo(actor), today), undefined, 1),
    await measure('the calendar’s month', calendar(''), undefined),
    await measure('the calendar’s agenda', calendar('view=agenda'), undefined),
    await measure('everything overdue', calendar('show=overdue'), undefined),
    await measure('a year’s report', () => readReport(database, { actor, period, today, timeZone }), undefined, 1),
  ]
}
