import { and, inArray, lt } from 'drizzle-orm'
import { agreements } from '#db/schema/index.ts'
import { runningStates } from '#features/agreements/next-due.ts'
import { refreshNextDue } from '#features/agreements/next-due-steps.ts'
import { officeDay } from '#platform/clock.ts'
import { type AmendmentContext, applyDueAmendments } from './commands.ts'

/**
 * What a new day of the office brings: amendments whose day has come take effect, and agreements whose next due day
 * has passed get their next one. Does nothing where it was done already, so it may run every hour.
 */
export async function beginRegisterDay(context: AmendmentContext): Promise<void> {
  await applyDueAmendments(context, { kind: 'system' }, undefined)
  const today = officeDay(context.clock, context.config.officeTimeZone)
  const passed = and(inArray(agreements.state, [...runningStates]), lt(agreements.nextDue, today.toString()))
  for (const { id } of await context.database.select({ id: agreements.id }).from(agreements).where(passed)) {
    await context.database.transaction((tx) => refreshNextDue(tx, id, today))
  }
}
