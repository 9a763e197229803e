import { and, desc, eq, isNull, ne } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementReviews, agreements, agreementSignOffs } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { isAgreementState, unsignedStates } from '#features/agreements/lifecycle.ts'
import { applyTransition } from '#features/agreements/transition-steps.ts'
import { readStanding } from './standing.ts'
import { currentHash } from './substance.ts'

/**
 * What must follow, in the same transaction, on every write that may have changed the substance of an agreement
 * (`substance.ts`): before signature, sign-offs of other words are void; under review or approved, so are the round
 * and the approval, and the agreement is back in negotiation. Returns whether the agreement's state moved.
 * The agreement is locked by the caller.
 */
export async function voidIfChanged(
  tx: Transaction,
  actor: KnownActor,
  { id, at }: { readonly id: string; readonly at: Temporal.Instant },
): Promise<boolean> {
  const [row] = await tx.select().from(agreements).where(eq(agreements.id, id))
  if (row === undefined || !isAgreementState(row.state) || !unsignedStates.includes(row.state)) return false
  const hash = await currentHash(tx, id)
  await tx
    .update(agreementSignOffs)
    .set({ voidedAt: at.toString() })
    .where(
      and(
        eq(agreementSignOffs.agreementId, id),
        isNull(agreementSignOffs.voidedAt),
        ne(agreementSignOffs.contentHash, hash),
      ),
    )
  if (row.state !== 'review' && row.state !== 'approved') return false
  const [round] = await tx
    .select()
    .from(agreementReviews)
    .where(eq(agreementReviews.agreementId, id))
    .orderBy(desc(agreementReviews.round))
    .limit(1)
  const { approval } = await readStanding(tx, id)
  const holds = row.state === 'review' ? round?.outcome === null && round.contentHash === hash : approval === 'stands'
  if (holds) return false
  await voidApproval(tx, id, at)
  const given = round?.contentHash ?? null
  await applyTransition(tx, actor, {
    record: { id, version: row.version, state: row.state },
    name: 'void_approval',
    note: null,
    at,
    changes: [{ field: 'approval', before: given, after: null }],
  })
  return true
}

/** Ends the round that is open, without an outcome of its own. */
export async function closeRound(tx: Transaction, agreementId: string, at: Temporal.Instant): Promise<void> {
  await tx
    .update(agreementReviews)
    .set({ outcome: 'void', endedAt: at.toString() })
    .where(and(eq(agreementReviews.agreementId, agreementId), isNull(agreementReviews.outcome)))
}

/** Takes back every approval that the agreement has, and ends the round that is open. */
export async function voidApproval(tx: Transaction, agreementId: string, at: Temporal.Instant): Promise<void> {
  await closeRound(tx, agreementId, at)
  await tx
    .update(agreementReviews)
    .set({ outcome: 'void' })
    .where(and(eq(agreementReviews.agreementId, agreementId), eq(agreementReviews.outcome, 'approved')))
  await tx
    .update(agreementSignOffs)
    .set({ voidedAt: at.toString() })
    .where(and(eq(agreementSignOffs.agreementId, agreementId), isNull(agreementSignOffs.voidedAt)))
}
