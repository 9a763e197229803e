import { asc, eq } from 'drizzle-orm'
import { partners, users } from '#db/schema/index.ts'
import { createUser } from '#features/accounts/commands.ts'
import type { Actor } from '#features/accounts/model.ts'
import { findActor } from '#features/accounts/queries.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { readRegisterPage } from '#features/agreements/office-page.ts'
import { readForOffice } from '#features/agreements/office-record.ts'
import { officeDay } from '#platform/clock.ts'
import type { AppContext } from '#platform/context.ts'
import type { BenchRow } from './brief.ts'
import { benchOverview } from './overview.ts'
import { registerCases } from './register-cases.ts'
import { openBenchRegister } from './register-data.ts'

const concurrentUsers = 8
const callsPerUser = 25
const budgetMs = 60

type Staff = Extract<Actor, { kind: 'user' }>

/** Lists, filters, orders, words and an agreement's page at 100,000 agreements, for eight people at once. */
export async function benchRegister(): Promise<BenchRow[]> {
  const context = await openBenchRegister()
  try {
    const { database } = context
    const actor = await officer(context)
    const { officeTimeZone: timeZone } = context.config
    const today = officeDay(context.clock, timeZone)
    const sample = await database
      .select()
      .from(partners)
      .where(eq(partners.sources, ['https://example.org/']))
      .orderBy(asc(partners.slug))
    const [someone] = await database.select().from(users).where(eq(users.email, 'officer-3@sample.invalid'))
    const known = {
      partner: sample.find((one) => one.country === 'CN')?.id ?? '',
      rarePartner: sample.find((one) => one.country === 'MY')?.id ?? '',
      officer: someone?.id ?? '',
    }
    const rows: BenchRow[] = []
    for (const [name, query] of registerCases(known)) {
      const filters = readOfficeFilters(new URLSearchParams(query))
      rows.push(await measure(name, () => readRegisterPage(database, actor, filters, 'th', today, timeZone), budgetMs))
    }
    const some = await readRegisterPage(
      database,
      actor,
      readOfficeFilters(new URLSearchParams('size=100')),
      'th',
      today,
      timeZone,
    )
    const ids = some.list.entries.map(({ id }) => id)
    let next = 0
    rows.push(
      await measure(
        'an agreement’s page',
        () => readForOffice(database, actor, ids[(next += 1) % ids.length] ?? '', today),
        budgetMs,
      ),
    )
    rows.push(...(await benchOverview(context, actor, today, measure)))
    return rows
  } finally {
    await context.close()
  }
}

async function officer(context: AppContext): Promise<Staff> {
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
export type Measure = (what: string, call: () => Promise<unknown>, budget?: number, users?: number) => Promise<BenchRow>

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
