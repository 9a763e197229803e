import { eq, max } from 'drizzle-orm'
import type { Database, Queryable, Transaction } from '#db/client.ts'
import { agreementRenewals } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { refreshNextDue } from '#features/agreements/next-due-steps.ts'
import { lockRecord } from '#features/agreements/record.ts'
import { publishState } from '#features/agreements/steps.ts'
import { applyTransition } from '#features/agreements/transition-steps.ts'
import type { Change } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import type { Clock } from '#platform/clock.ts'
import { type AutomaticStep, stepsDue } from './model.ts'

export interface AutomationContext {
  readonly database: Database
  readonly clock: Clock
}

/**
 * Takes the steps of one agreement that are due by a day, under its lock and in the caller's transaction, each with
 * the reason in its history. Returns them; none where somebody else has taken them meanwhile.
 */
export async function takeSteps(
  context: AutomationContext,
  tx: Transaction,
  actor: KnownActor,
  { id, today }: { readonly id: string; readonly today: Temporal.PlainDate },
): Promise<readonly AutomaticStep[]> {
  const found = await lockRecord(tx, actor, id)
  if (found === undefined) return []
  const renewedAfter = await lastRenewed(tx, id)
  const steps = stepsDue({ state: found.state, term: found.words, renewedAfter }, today)
  if (steps.length === 0) return []
  const at = context.clock.now()
  let record: Pick<typeof found, 'id' | 'version' | 'state'> = found
  for (const step of steps) {
    if (step.name === 'renew') {
      await renew(tx, actor, { id, step, at })
      continue
    }
    const version = await applyTransition(tx, actor, {
      record,
      name: step.name,
      note: null,
      at,
      changes: because(step),
    })
    const state = step.name === 'take_effect' ? 'in_force' : 'expired'
    await publishState(tx, id, { from: record.state, to: state }, { at, by: null })
    record = { id, version, state }
  }
  await refreshNextDue(tx, id, today)
  return steps
}

/** The end of the last period that was renewed, if any was. */
async function lastRenewed(database: Queryable, agreementId: string): Promise<Temporal.PlainDate | undefined> {
  const [row] = await database
    .select({ ended: max(agreementRenewals.endedOn) })
    .from(agreementRenewals)
    .where(eq(agreementRenewals.agreementId, agreementId))
  return row === undefined || row.ended === null ? undefined : Temporal.PlainDate.from(row.ended)
}

interface Renewal {
  readonly id: string
  readonly step: Extract<AutomaticStep, { name: 'renew' }>
  readonly at: Temporal.Instant
}

/** The term as agreed stays what it is: a renewal is a fact beside it. */
async function renew(tx: Transaction, actor: KnownActor, { id, step, at }: Renewal): Promise<void> {
  const { number, ended, until } = step
  await tx.insert(agreementRenewals).values({
    agreementId: id,
    endedOn: ended.toString(),
    number,
    renewedUntil: until.toString(),
    recordedAt: at.toString(),
  })
  await recordAudit(tx, actor, {
    action: 'agreement.renew',
    subject: { kind: 'agreement', id },
    at,
    changes: because(step),
  })
}

/** Why a step was taken, for the history. */
function because(step: AutomaticStep): readonly Change[] {
  const said = (field: string, after: string | number): Change => ({ field: `automatic.${field}`, before: null, after })
  switch (step.name) {
    case 'take_effect':
      return [said('effective', step.effective)]
    case 'expire':
      return [said('ended', step.ended.toString())]
    case 'renew':
      return [said('ended', step.ended.toString()), said('number', step.number), said('until', step.until.toString())]
  }
}
