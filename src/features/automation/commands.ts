import { and, inArray, lt } from 'drizzle-orm'
import { agreements } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { refreshLeads } from '#features/agreements/lead-round.ts'
import { runningStates } from '#features/agreements/next-due.ts'
import { refreshNextDues } from '#features/agreements/next-due-steps.ts'
import { applyDueAmendments } from '#features/amendments/due-steps.ts'
import { remindOf, type ReminderContext } from '#features/reminders/rounds.ts'
import { officeDay } from '#platform/clock.ts'
import { takeAutomaticSteps, type StepsContext, type StepsTaken } from './rounds.ts'

export type DayContext = StepsContext & ReminderContext

/** What a day's work did. */
export interface DayReport extends StepsTaken {
  readonly day: Temporal.PlainDate
  /** Amendments that took effect. */
  readonly amended: number
  /** Reminders that were made. */
  readonly reminded: number
}

/** Agreements in one transaction: what is overdue is looked at every time, and there may be many. */
const atOnce = 500

/**
 * What a new day of the office brings: amendments whose day has come take effect, agreements come into force, are
 * renewed and expire, those whose next due day has passed get their next one, and what is to be reminded of is put on
 * its way. Does nothing where it was done
 * already, so it may run every hour, in several processes, and for days that were missed.
 * @param input `day`: the office's today where nothing is said; never one that is still to come
 */
export const beginRegisterDay = command(
  'agreements.automate',
  async (context: DayContext, actor, input: { readonly day?: Temporal.PlainDate }): Promise<DayReport> => {
    const day = input.day ?? officeDay(context.clock, context.config.officeTimeZone)
    // What was agreed newly about the term comes before what follows from the term.
    const amendments = await applyDueAmendments(context, actor, day)
    const taken = await takeAutomaticSteps(context, actor, day)
    await refreshLeads(context, day)
    await moveDuesOn(context, day)
    const reminded = await remindOf(context, day)
    return { day, amended: amendments.taken, ...taken, reminded, failed: amendments.failed + taken.failed }
  },
)

async function moveDuesOn({ database }: DayContext, day: Temporal.PlainDate): Promise<void> {
  const passed = and(inArray(agreements.state, [...runningStates]), lt(agreements.nextDue, day.toString()))
  const found = await database.select({ id: agreements.id }).from(agreements).where(passed)
  const ids = found.map(({ id }) => id)
  for (let first = 0; first < ids.length; first += atOnce) {
    await database.transaction((tx) => refreshNextDues(tx, ids.slice(first, first + atOnce), day))
  }
}
