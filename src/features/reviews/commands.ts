import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementReviewers, agreementReviews } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { readFacts } from '#features/agreements/facts.ts'
import { leadsTo, missingFor } from '#features/agreements/lifecycle.ts'
import { requirements } from '#features/agreements/requirements.ts'
import { requireOwn } from '#features/agreements/own.ts'
import { type AgreementRecord, lockRecord } from '#features/agreements/record.ts'
import { applyTransition } from '#features/agreements/transition-steps.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { type Clock, officeDay } from '#platform/clock.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { isUuid, once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { checkText, unknown } from './check.ts'
import { aspects, decisions, mayReview, modes, outcomeOf, type Part, reviewLimits, turnsIn } from './model.ts'
import { reviewCandidates } from './queries.ts'
import { voidIfChanged } from './steps.ts'
import { currentHash } from './substance.ts'

export interface ReviewContext extends OnceContext {
  readonly clock: Clock
  readonly config: { readonly officeTimeZone: string }
}

export interface SendToReview {
  readonly id: string
  /** The version of the agreement that the person saw. */
  readonly version: number
  readonly token: string
  readonly mode: string
  readonly reviewers: readonly { readonly aspect: string; readonly userId: string }[]
}

/**
 * Sends an agreement to review by named people; what they approve is what it says now. Returns its id.
 * @throws DomainError `not_found`, `stale_version`, `transition_not_allowed` (with a problem for each thing missing),
 * `invalid_input` for nobody named, somebody who may not review it, an aspect or order that does not exist.
 */
export const sendToReview = command('agreements.send_to_review', (context: ReviewContext, actor, input: SendToReview) =>
  once(context, actor, { token: input.token, action: `agreement.send_to_review:${input.id}` }, async (tx) => {
    const record = await current(tx, actor, input.id)
    requireOwn(actor, record)
    if (record.version !== input.version) throw new DomainError('stale_version', { version: record.version })
    if (leadsTo('send_to_review', record.state) === undefined) throw new DomainError('transition_not_allowed')
    const today = officeDay(context.clock, context.config.officeTimeZone)
    const missing = missingFor('send_to_review', await readFacts(tx, record), today)
    if (missing.length > 0) {
      const problems = missing.map((code) => ({ path: requirements[code].field, code: 'needed_for_state' }))
      throw new DomainError('transition_not_allowed', {}, problems)
    }
    const named = await checkReviewers(tx, actor, record, input)
    const at = context.clock.now()
    const mode = modes.find((one) => one === input.mode) ?? 'parallel'
    const hash = await currentHash(tx, record.id)
    const [last] = await tx
      .select({ round: agreementReviews.round })
      .from(agreementReviews)
      .where(eq(agreementReviews.agreementId, record.id))
      .orderBy(desc(agreementReviews.round))
      .limit(1)
    const review = { id: newId(), round: (last?.round ?? 0) + 1 }
    await tx.insert(agreementReviews).values({
      ...review,
      agreementId: record.id,
      contentHash: hash,
      mode,
      startedBy: userOf(actor),
      startedAt: at.toString(),
    })
    await tx
      .insert(agreementReviewers)
      .values(named.map((one, position) => ({ reviewId: review.id, position, ...one })))
    await applyTransition(tx, actor, {
      record,
      name: 'send_to_review',
      note: null,
      at,
      changes: [
        { field: 'review', before: null, after: { round: review.round, mode, reviewers: named } },
        { field: 'content', before: null, after: hash },
      ],
    })
    return record.id
  }),
)

async function checkReviewers(
  tx: Transaction,
  actor: KnownActor,
  record: AgreementRecord,
  { mode, reviewers }: SendToReview,
): Promise<{ aspect: string; userId: string }[]> {
  const problems: FieldProblem[] = []
  if (!(modes as readonly string[]).includes(mode)) problems.push(unknown('mode', mode))
  if (reviewers.length === 0) problems.push({ path: 'reviewers', code: 'reviewers_none' })
  const candidates = new Set((await reviewCandidates(tx)).map((one) => one.id))
  const sentBy = userOf(actor) ?? ''
  const seen = new Set<string>()
  for (const { aspect, userId } of reviewers) {
    const path = `reviewers.${aspect}`
    if (!(aspects as readonly string[]).includes(aspect)) problems.push(unknown('reviewers', aspect))
    else if (seen.has(aspect)) problems.push({ path, code: 'reviewer_twice' })
    else if (!candidates.has(userId)) problems.push({ path, code: 'reviewer_unknown' })
    else if (!mayReview(userId, { recordedBy: record.createdBy, sentBy })) problems.push({ path, code: 'reviewer_own' })
    seen.add(aspect)
  }
  if (problems.length > 0) throw new DomainError('invalid_input', {}, problems)
  const order = (one: { aspect: string }) => (aspects as readonly string[]).indexOf(one.aspect)
  return reviewers.map(({ aspect, userId }) => ({ aspect, userId })).toSorted((a, b) => order(a) - order(b))
}

export interface ReviewDecision {
  readonly id: string
  /** The round that the person saw. */
  readonly reviewId: string
  readonly position: number
  readonly token: string
  readonly decision: string
  readonly note: string
}

/**
 * Decides somebody's own part of a review; returns the agreement's id. The last approval approves the agreement, the
 * first return sends it back. If it should have changed since it was sent to review, the approval is void instead.
 * @throws DomainError `not_found`, `transition_not_allowed` for a round that has ended or a turn that has not come,
 * `forbidden` for somebody else's part, `invalid_input` for a return without a note.
 */
export const decideReview = command('agreements.review', (context: ReviewContext, actor, input: ReviewDecision) =>
  once(context, actor, { token: input.token, action: `agreement.decide_review:${input.id}` }, async (tx) => {
    const record = await current(tx, actor, input.id)
    const [round] = isUuid(input.reviewId)
      ? await tx
          .select()
          .from(agreementReviews)
          .where(
            and(
              eq(agreementReviews.id, input.reviewId),
              eq(agreementReviews.agreementId, record.id),
              isNull(agreementReviews.outcome),
            ),
          )
      : []
    if (round === undefined || record.state !== 'review') throw new DomainError('transition_not_allowed')
    const at = context.clock.now()
    if (await voidIfChanged(tx, actor, { id: record.id, at })) return record.id
    const parts: Part[] = await tx.select().from(agreementReviewers).where(eq(agreementReviewers.reviewId, round.id))
    const own = parts.find((part) => part.position === input.position)
    if (own === undefined || own.userId !== userOf(actor)) throw new DomainError('forbidden')
    if (!turnsIn(round.mode, parts).includes(own)) throw new DomainError('transition_not_allowed')
    const decision = decisions.find((one) => one === input.decision)
    if (decision === undefined) throw new DomainError('invalid_input', {}, [unknown('decision', input.decision)])
    const note = checkText(input.note, 'note', reviewLimits.note, { required: decision === 'returned', lines: true })
    await tx
      .update(agreementReviewers)
      .set({ decision, note, decidedAt: at.toString() })
      .where(and(eq(agreementReviewers.reviewId, round.id), eq(agreementReviewers.position, own.position)))
    await recordAudit(tx, actor, {
      action: `agreement.review_${decision}`,
      subject: { kind: 'agreement', id: record.id },
      at,
      changes: [
        { field: 'aspect', before: null, after: own.aspect },
        { field: 'content', before: null, after: round.contentHash },
        { field: 'note', before: null, after: note },
      ],
    })
    const outcome = outcomeOf(parts.map((part) => (part === own ? { ...part, decision } : part)))
    if (outcome === undefined) return record.id
    await tx.update(agreementReviews).set({ outcome, endedAt: at.toString() }).where(eq(agreementReviews.id, round.id))
    await applyTransition(tx, actor, {
      record,
      name: outcome === 'approved' ? 'approve' : 'return',
      note: outcome === 'approved' ? null : note,
      at,
      changes: outcome === 'approved' ? [{ field: 'approval', before: null, after: round.contentHash }] : [],
    })
    return record.id
  }),
)

const userOf = (actor: KnownActor) => (actor.kind === 'user' ? actor.id : null)

/** The agreement under lock. @throws DomainError `not_found`. */
async function current(tx: Transaction, actor: KnownActor, id: string): Promise<AgreementRecord> {
  const record = isUuid(id) ? await lockRecord(tx, actor, id) : undefined
  if (record === undefined) throw new DomainError('not_found')
  return record
}
