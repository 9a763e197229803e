import { inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementReviewers, agreementReviews, agreements, agreementTransitions } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { currentHashes } from '#features/reviews/substance.ts'
import { type AuditEntry, recordAuditAll } from '#platform/audit/record.ts'
import { newId } from '#platform/ids.ts'
import type { SampleAgreement } from './model.ts'

type Row = SampleAgreement & { readonly id: string }

/** The state in which a sample agreement comes into the register: review and approval are reached from negotiation. */
export function enteredState({ state }: Pick<SampleAgreement, 'state'>): SampleAgreement['state'] {
  return state === 'review' || state === 'approved' ? 'negotiation' : state
}

/**
 * Takes sample agreements that were entered in negotiation on to review, and some of them to approval; the reviewers take
 * turns.
 */
export async function reviewSamples(
  tx: Transaction,
  actor: KnownActor,
  {
    at,
    sender,
    reviewers,
  }: { readonly at: Temporal.Instant; readonly sender: string; readonly reviewers: readonly string[] },
  rows: readonly Row[],
): Promise<void> {
  const reviewed = rows.filter((row) => enteredState(row) !== row.state)
  if (reviewed.length === 0) return
  const hashes = await currentHashes(
    tx,
    reviewed.map((row) => row.id),
  )
  const rounds = reviewed.map((row) => ({ id: newId(), row, approved: row.state === 'approved' }))
  await tx.insert(agreementReviews).values(
    rounds.map(({ id, row, approved }) => ({
      id,
      agreementId: row.id,
      round: 1,
      contentHash: hashes.get(row.id) ?? '',
      mode: 'parallel' as const,
      outcome: approved ? ('approved' as const) : null,
      startedBy: sender,
      startedAt: at.toString(),
      endedAt: approved ? at.toString() : null,
    })),
  )
  await tx.insert(agreementReviewers).values(
    rounds.map(({ id, approved }, index) => ({
      reviewId: id,
      position: 0,
      aspect: 'leadership',
      userId: reviewers[index % reviewers.length] ?? sender,
      decision: approved ? ('approved' as const) : null,
      decidedAt: approved ? at.toString() : null,
    })),
  )
  const steps = rounds.flatMap(({ row, approved }) => [
    { row, name: 'send_to_review', from: 'negotiation', to: 'review', version: 2 },
    ...(approved ? [{ row, name: 'approve', from: 'review', to: 'approved', version: 3 }] : []),
  ])
  await tx.insert(agreementTransitions).values(
    steps.map(({ row, name, from, to }) => ({
      id: newId(),
      agreementId: row.id,
      transition: name,
      fromState: from,
      toState: to,
      at: at.toString(),
    })),
  )
  await recordAuditAll(
    tx,
    actor,
    steps.map(({ row, name, from, to, version }): AuditEntry => ({
      action: `agreement.${name}`,
      subject: { kind: 'agreement', id: row.id },
      at,
      changes: [
        { field: 'state', before: from, after: to },
        { field: 'version', before: version - 1, after: version },
      ],
    })),
  )
  for (const state of ['review', 'approved'] as const) {
    const ids = reviewed.filter((row) => row.state === state).map((row) => row.id)
    if (ids.length > 0) {
      const version = state === 'review' ? 2 : 3
      await tx.update(agreements).set({ state, version }).where(inArray(agreements.id, ids))
    }
  }
}
