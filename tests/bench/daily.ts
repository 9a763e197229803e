import { sql } from 'drizzle-orm'
import { beginRegisterDay } from '#features/automation/commands.ts'
import { forgetRound } from '#features/reminders/rounds.ts'
import { openBenchRegister } from './register-data.ts'
import type { BenchRow } from './rows.ts'

const budgetSeconds = 30

/**
 * The day's work over 100,000 agreements: the first of a register that nobody has worked on, which makes all that was
 * missed, and one like every day's.
 */
export async function benchDaily(): Promise<BenchRow[]> {
  const { context } = await openBenchRegister()
  try {
    const { database } = context
    await database.execute(sql`delete from reminders`)
    const rows: BenchRow[] = []
    for (const what of ['the first day, with all that was missed', 'a day like every other']) {
      await forgetRound(database)
      const start = performance.now()
      const { reminded, intoForce, renewed, expired, failed } = await beginRegisterDay(context, { kind: 'system' }, {})
      const seconds = (performance.now() - start) / 1000
      rows.push({
        what: `daily job over 100,000: ${what}`,
        measured: `${seconds.toFixed(1)} s (${intoForce + renewed + expired} steps, ${reminded} reminders, ${failed} failed)`,
        budget: `≤ ${budgetSeconds} s`,
        isWithin: seconds <= budgetSeconds && failed === 0,
      })
    }
    return rows
  } finally {
    await context.close()
  }
}
