import type { KnownActor } from '#features/accounts/model.ts'
import { DomainError } from '#platform/errors.ts'
import type { Logger } from '#platform/log.ts'
import { candidates } from './candidates.ts'
import { takeSteps, type AutomationContext } from './steps.ts'

/** What the round of a day did. */
export interface StepsTaken {
  readonly intoForce: number
  readonly renewed: number
  readonly expired: number
  /** Agreements whose steps could not be taken; the log says why, and the next round tries again. */
  readonly failed: number
}

export const noSteps: StepsTaken = { intoForce: 0, renewed: 0, expired: 0, failed: 0 }

/** What one agreement's failure is told to, while the others go on. */
export interface StepsContext extends AutomationContext {
  readonly log: Logger
}

/**
 * Lets every agreement take the steps that are due by a day of the office: into force, renewed, expired, each once and
 * in a transaction for each agreement, whatever else runs at the same time. It may be asked for any day again.
 */
export async function takeAutomaticSteps(
  context: StepsContext,
  actor: KnownActor,
  today: Temporal.PlainDate,
): Promise<StepsTaken> {
  const sum = { ...noSteps }
  const counts = { take_effect: 'intoForce', renew: 'renewed', expire: 'expired' } as const
  for await (const { id } of candidates(context.database, today)) {
    try {
      const steps = await context.database.transaction((tx) => takeSteps(context, tx, actor, { id, today }))
      for (const { name } of steps) sum[counts[name]] += 1
    } catch (error) {
      // What somebody else just took is done; anything else must not keep the rest from its day.
      if (error instanceof DomainError && error.code === 'not_found') continue
      context.log.error('an agreement could not take its step', { agreement: id, error })
      sum.failed += 1
    }
  }
  return sum
}
