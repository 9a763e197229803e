import { and, asc, isNull, lte } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { agreementAmendments } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { lockRecord } from '#features/agreements/record.ts'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/log.ts'
import { readAmendments, takeEffect } from './state.ts'

export interface DueContext {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
}

export interface AmendmentsApplied {
  readonly taken: number
  /** Those that could not; the log says why, and the next day's work tries again. */
  readonly failed: number
}

/** Lets every amendment whose day of effect has come by a day take effect, each by itself. */
export async function applyDueAmendments(
  context: DueContext,
  actor: KnownActor,
  today: Temporal.PlainDate,
): Promise<AmendmentsApplied> {
  const ahead = and(
    isNull(agreementAmendments.appliedAt),
    isNull(agreementAmendments.annulledAt),
    lte(agreementAmendments.effectiveOn, today.toString()),
  )
  const due = await context.database
    .select({ id: agreementAmendments.id, agreementId: agreementAmendments.agreementId })
    .from(agreementAmendments)
    .where(ahead)
    .orderBy(asc(agreementAmendments.effectiveOn), asc(agreementAmendments.number))
  let [taken, failed] = [0, 0]
  for (const { id, agreementId } of due) {
    const apply = async (tx: Transaction) => {
      const record = await lockRecord(tx, actor, agreementId)
      const amendment = (await readAmendments(tx, agreementId)).find((other) => other.id === id)
      if (record === undefined || amendment === undefined || amendment.applied) return 0
      await takeEffect(tx, actor, record, amendment, { at: context.clock.now(), today })
      return 1
    }
    try {
      taken += await context.database.transaction(apply)
    } catch (error) {
      context.log.error('an amendment could not take effect', { agreement: agreementId, amendment: id, error })
      failed += 1
    }
  }
  return { taken, failed }
}
