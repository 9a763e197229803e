import { eq, sql } from 'drizzle-orm'
import { milestoneOccurrences, users } from '#db/schema/index.ts'
import { createUser } from '#features/accounts/commands.ts'
import type { StaffActor } from '#features/accounts/enter-office.ts'
import { findActor } from '#features/accounts/queries.ts'
import { readCalendarFilters } from '#features/calendar/model.ts'
import { readCalendarPage } from '#features/calendar/page.ts'
import { countAll } from '#features/overview/count.ts'
import { readDashboard } from '#features/overview/queries.ts'
import { parsePeriod } from '#features/reports/period.ts'
import { readReport } from '#features/reports/queries.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { officeDay } from '#platform/clock.ts'
import type { AppContext } from '#platform/context.ts'
import { openBenchRegister } from './register-data.ts'
import type { BenchRow } from './rows.ts'

const dashboardMs = 150
const concurrentUsers = 8
const callsPerUser = 25

/** The register at a glance, its calendar and its reports, at 100,000 agreements and their milestones. */
export async function benchOverview(): Promise<BenchRow[]> {
  const { context } = await openBenchRegister()
  try {
    const today = officeDay(context.clock, context.config.officeTimeZone)
    return await measureAll(context, await officer(context), today)
  } finally {
    await context.close()
  }
}

async function measureAll(context: AppContext, actor: StaffActor, today: Temporal.PlainDate): Promise<BenchRow[]> {
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
    await measure('the calendar’s month', calendar(''), undefined, 1),
    await measure('the calendar’s agenda', calendar('view=agenda'), undefined, 1),
    await measure('everything overdue', calendar('show=overdue'), undefined, 1),
    await measure('a year’s report', () => readReport(database, { actor, period, today, timeZone }), undefined, 1),
  ]
}

async function officer(context: AppContext): Promise<StaffActor> {
  const email = 'bench@example.org'
  const [known] = await context.database.select().from(users).where(eq(users.email, email))
  const id =
    known?.id ??
    (await createUser(
      context,
      { kind: 'command_line' },
      {
        email,
        roles: ['agreement_officer'],
        password: 'measured, not guessed',
      },
    ))
  const actor = await findActor(context.database, id)
  if (actor?.kind !== 'user') throw new Error('the officer of the benchmark cannot sign in')
  return actor
}

/** @param budget milliseconds; undefined where none was set, and the figure is for whoever looks */
type Measure = (what: string, call: () => Promise<unknown>, budget?: number, users?: number) => Promise<BenchRow>

const measure: Measure = async (what, call, ...[budget, users = concurrentUsers]) => {
  await call()
  const times: number[] = []
  const user = async () => {
    for (let n = 0; n < callsPerUser; n += 1) {
      const start = performance.now()
      await call()
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: users }, user))
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN
  const [median, p99] = [at(0.5), at(0.99)]
  return {
    what: `register of 100,000: ${what}`,
    measured: `p50 ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
    budget: budget === undefined ? '' : `p99 ≤ ${budget} ms`,
    isWithin: budget === undefined || p99 <= budget,
  }
}
