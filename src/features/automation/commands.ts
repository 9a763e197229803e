import { and, inArray, lt } from 'drizzle-orm'
import { agreements } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { refreshLeads } from '#features/agreements/lead-round.ts'
import { runningStates } from '#features/agreements/next-due.ts'
import { refreshManyDues } from '#features/agreements/next-due-steps.ts'
import { applyDueAmendments } from '#features/amendments/due-steps.ts'
import { remindOf, type ReminderContext } from '#features/reminders/rounds.ts'
import { officeDay } from '#platform/clock.ts'
import { noSteps, takeAutomaticSteps, type StepsContext, type StepsTaken } from './rounds.ts'

export type DayContext = StepsContext & ReminderContext

/** What a day's work did. */
export interface DayReport extends StepsTaken {
  readonly day: Temporal.PlainDate
  /** Amendments that took effect. */
  readonly amended: number
  /** Reminders that were made. */
  readonly reminded: number
}

/**
 * What a new day of the office brings: amendments whose day has come take effect, agreements come into force, are
 * renewed and expire, those whose next due day has passed get their next one, and what is to be reminded of is put on
 * its way. Does nothing where it was done already, so it may run every hour, in several processes, and for days that
 * were missed. A part that fails keeps none of the others from being done.
 * @param input `day`: the office's today where nothing is said; never one that is still to come
 */
export const beginRegisterDay = command(
  'agreements.automate',
  async (context: DayContext, actor, input: { readonly day?: Temporal.PlainDate }): Promise<DayReport> => {
    const day = input.day ?? officeDay(context.clock, context.config.officeTimeZone)
    let broken = 0
    const part = async <Result>(name: string, work: Promise<Result>, otherwise: Result): Promise<Result> => {
      try {
        return await work
      } catch (error) {
        context.log.error('a part of the day could not be done', { part: name, day: day.toString(), error })
        broken += 1
        return otherwise
      }
    }
    // What was agreed newly about the term comes before what follows from the term.
    const amendments = await part('amendments', applyDueAmendments(context, actor, day), { taken: 0, failed: 0 })
    const taken = await part('steps', takeAutomaticSteps(context, actor, day), noSteps)
    await part('leads', refreshLeads(context, day), undefined)
    await part('dues', moveDuesOn(context, day), undefined)
    const reminded = await part('reminders', remindOf(context, day), { made: 0, failed: 0 })
    const failed = amendments.failed + taken.failed + reminded.failed + broken
    return { day, amended: amendments.taken, ...taken, reminded: reminded.made, failed }
  },
)

async function moveDuesOn({ database }: DayContext, day: Temporal.PlainDate): Promise<void> {
  const passed = and(inArray(agreements.state, [...runningStates]), lt(agreements.nextDue, day.toString()))
  const found = await database.select({ id: agreements.id }).from(agreements).where(passed)
  await refreshManyDues(
    database,
    found.map(({ id }) => id),
    day,
  )
}
