import { and, inArray, lt } from 'drizzle-orm'
import { agreements } from '#db/schema/index.ts'
import { runningStates } from '#features/agreements/next-due.ts'
import { refreshNextDues } from '#features/agreements/next-due-steps.ts'
import { officeDay } from '#platform/clock.ts'
import { type AmendmentContext, applyDueAmendments } from './commands.ts'

/** Agreements in one transaction: what is overdue is looked at every time, and there may be many. */
const atOnce = 500

/**
 * What a new day of the office brings: amendments whose day has come take effect, and agreements whose next due day
 * has passed get their next one. Does nothing where it was done already, so it may run every hour.
 */
export async function beginRegisterDay(context: AmendmentContext): Promise<void> {
  await applyDueAmendments(context, { kind: 'system' }, undefined)
  const today = officeDay(context.clock, context.config.officeTimeZone)
  const passed = and(inArray(agreements.state, [...runningStates]), lt(agreements.nextDue, today.toString()))
  const found = await context.database.select({ id: agreements.id }).from(agreements).where(passed)
  const ids = found.map(({ id }) => id)
  for (let first = 0; first < ids.length; first += atOnce) {
    await context.database.transaction((tx) => refreshNextDues(tx, ids.slice(first, first + atOnce), today))
  }
}
