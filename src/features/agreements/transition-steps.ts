import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreements, agreementTransitions } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import type { Change } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { type AgreementState, leadsTo, type TransitionName } from './lifecycle.ts'

export interface TransitionStep {
  /** The agreement as it stands under lock. */
  readonly record: { readonly id: string; readonly version: number; readonly state: AgreementState }
  readonly name: TransitionName
  readonly note: string | null
  readonly at: Temporal.Instant
  /** What else the audit keeps of it. */
  readonly changes?: readonly Change[]
}

/**
 * Takes an agreement one step through its lifecycle: state, version, its line in the history and the audit, in the
 * caller's transaction. What must hold for it the caller has checked. Returns the new version.
 * @throws DomainError `transition_not_allowed` for a way that the lifecycle's table does not have.
 */
export async function applyTransition(tx: Transaction, actor: KnownActor, step: TransitionStep): Promise<number> {
  const { record, name, note, at, changes = [] } = step
  const to = leadsTo(name, record.state)
  if (to === undefined) throw new DomainError('transition_not_allowed')
  const version = record.version + 1
  const moved = await tx
    .update(agreements)
    .set({ state: to, version, updatedAt: at.toString() })
    .where(
      and(eq(agreements.id, record.id), eq(agreements.version, record.version), eq(agreements.state, record.state)),
    )
    .returning({ id: agreements.id })
  if (moved.length === 0) throw new DomainError('stale_version', { version: record.version })
  await noteTransition(tx, {
    agreementId: record.id,
    transition: name,
    fromState: record.state,
    toState: to,
    note,
    by: actor.kind === 'user' ? actor.id : null,
    at: at.toString(),
  })
  await recordAudit(tx, actor, {
    action: `agreement.${name}`,
    subject: { kind: 'agreement', id: record.id },
    at,
    changes: [
      { field: 'state', before: record.state, after: to },
      { field: 'note', before: null, after: note },
      ...changes,
      { field: 'version', before: record.version, after: version },
    ],
  })
  return version
}

/** A line in the history of an agreement's states. */
export async function noteTransition(
  tx: Transaction,
  row: Omit<typeof agreementTransitions.$inferInsert, 'id'>,
): Promise<void> {
  await tx.insert(agreementTransitions).values({ id: newId(), ...row })
}
