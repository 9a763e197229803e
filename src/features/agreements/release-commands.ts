import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementReleases, agreements, publications } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { withdraw } from '#features/publications/steps.ts'
import type { Change } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { once } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { type AgreementContext, checkNote, current } from './commands.ts'
import type { AgreementRecord } from './record.ts'
import { releaseLimits, releaseObstacles, slugFromTitle } from './release.ts'
import { publishAgreements } from './steps.ts'

export interface ReleaseStep {
  readonly id: string
  /** The version of the agreement that the person saw. */
  readonly version: number
  readonly token: string
  readonly note: string
}

/** A release is granted on the ground of a confidentiality review. */
export interface ReleaseGrant extends ReleaseStep {
  /** Who reviewed it. */
  readonly reviewer: string
  /** On what basis: the number of the form, the rule. */
  readonly basis: string
}

type ReleaseRow = typeof agreementReleases.$inferSelect

/** Only staff release: two different people must be named. */
function personOf(actor: KnownActor): string {
  if (actor.kind !== 'user') throw new DomainError('forbidden')
  return actor.id
}

/** Asks for the release of an agreement to the public register. @throws DomainError `transition_not_allowed`. */
export const requestRelease = command(
  'agreements.request_release',
  (context: AgreementContext, actor, step: ReleaseStep) =>
    once(context, actor, { token: step.token, action: `agreement.request_release:${step.id}` }, async (tx) => {
      const record = await current(tx, actor, step.id, step.version)
      guardRelease(record)
      const { open } = await releasesOf(tx, step.id)
      if (open !== undefined) throw new DomainError('transition_not_allowed')
      const at = context.clock.now()
      const note = checkNote(step.note, false)
      await tx.insert(agreementReleases).values({
        id: newId(),
        agreementId: step.id,
        requestedBy: personOf(actor),
        requestedAt: at.toString(),
        note,
      })
      await audit(tx, actor, { action: 'request_release', step, at, note, before: null, after: 'requested' })
      return step.id
    }),
)

/**
 * Grants the release that somebody else asked for: what the register shows from now on is the agreement as the one
 * who grants it saw it. It carries the record of the confidentiality review; a release that is in effect it replaces.
 * @throws DomainError `release_same_person`, `stale_version`, `transition_not_allowed`, `invalid_input`.
 */
export const grantRelease = command(
  'agreements.grant_release',
  (context: AgreementContext, actor, step: ReleaseGrant) =>
    once(context, actor, { token: step.token, action: `agreement.grant_release:${step.id}` }, async (tx) => {
      const record = await current(tx, actor, step.id, step.version)
      const by = personOf(actor)
      const { open, inEffect } = await releasesOf(tx, step.id)
      if (open === undefined) throw new DomainError('transition_not_allowed')
      if (open.requestedBy === by) throw new DomainError('release_same_person')
      guardRelease(record)
      const review = checkReview(step)
      const at = context.clock.now()
      if (inEffect !== undefined) await end(tx, inEffect, by, at)
      const granted = {
        decision: 'granted',
        decidedBy: by,
        decidedAt: at.toString(),
        agreementVersion: record.version,
        confidentialityReviewer: review.reviewer,
        confidentialityBasis: review.basis,
      } as const
      await tx.update(agreementReleases).set(granted).where(eq(agreementReleases.id, open.id))
      await nameForTheFirstTime(tx, record)
      await publishAgreements(tx, [step.id], { at, by })
      await audit(tx, actor, {
        action: 'grant_release',
        step,
        at,
        note: checkNote(step.note, false),
        before: 'requested',
        after: 'released',
        changes: [{ field: 'confidentialityReview', before: null, after: review }],
      })
      return step.id
    }),
)

/** Declines a release; the one who asked may do so too. A reason is given. */
export const declineRelease = command(
  'agreements.grant_release',
  (context: AgreementContext, actor, step: ReleaseStep) =>
    once(context, actor, { token: step.token, action: `agreement.decline_release:${step.id}` }, async (tx) => {
      await current(tx, actor, step.id, step.version)
      const by = personOf(actor)
      const { open } = await releasesOf(tx, step.id)
      if (open === undefined) throw new DomainError('transition_not_allowed')
      const note = checkNote(step.note, true)
      const at = context.clock.now()
      await tx
        .update(agreementReleases)
        .set({
          decision: open.requestedBy === by ? 'cancelled' : 'declined',
          decidedBy: by,
          decidedAt: at.toString(),
          note,
        })
        .where(eq(agreementReleases.id, open.id))
      await audit(tx, actor, { action: 'decline_release', step, at, note, before: 'requested', after: null })
      return step.id
    }),
)

/** Takes an agreement out of the public register; what was released stays on file. A reason is given. */
export const withdrawRelease = command(
  'agreements.withdraw_release',
  (context: AgreementContext, actor, step: ReleaseStep) =>
    once(context, actor, { token: step.token, action: `agreement.withdraw_release:${step.id}` }, async (tx) => {
      await current(tx, actor, step.id, step.version)
      const { inEffect } = await releasesOf(tx, step.id)
      if (inEffect === undefined) throw new DomainError('transition_not_allowed')
      const note = checkNote(step.note, true)
      const at = context.clock.now()
      await end(tx, inEffect, personOf(actor), at)
      await withdraw(tx, 'agreement', [step.id], { at })
      await audit(tx, actor, { action: 'withdraw_release', step, at, note, before: 'released', after: 'withdrawn' })
      return step.id
    }),
)

/** The record of the confidentiality review. @throws DomainError `invalid_input` where who or on what basis is missing. */
function checkReview(step: ReleaseGrant): { readonly reviewer: string; readonly basis: string } {
  const problems: FieldProblem[] = []
  const check = (path: 'reviewer' | 'basis') => {
    const [text, max] = [normaliseText(step[path]), releaseLimits[path]]
    if (text === '') problems.push({ path, code: 'required' })
    if (lengthOf(text) > max) problems.push({ path, code: 'too_long', params: { max, length: lengthOf(text) } })
    return text
  }
  const review = { reviewer: check('reviewer'), basis: check('basis') }
  if (problems.length > 0) throw new DomainError('invalid_input', {}, problems)
  return review
}

function guardRelease(record: AgreementRecord): void {
  const obstacles = releaseObstacles(record)
  if (obstacles.length > 0) throw new DomainError('transition_not_allowed')
}

/** The release that waits for a decision, and the one in effect. The agreement's lock keeps both still. */
async function releasesOf(tx: Transaction, agreementId: string): Promise<{ open?: ReleaseRow; inEffect?: ReleaseRow }> {
  const rows = await tx.select().from(agreementReleases).where(eq(agreementReleases.agreementId, agreementId))
  const open = rows.find((row) => row.decision === null)
  const inEffect = rows.find((row) => row.decision === 'granted' && row.endedAt === null)
  return { ...(open && { open }), ...(inEffect && { inEffect }) }
}

async function end(tx: Transaction, release: ReleaseRow, by: string, at: Temporal.Instant): Promise<void> {
  await tx
    .update(agreementReleases)
    .set({ endedBy: by, endedAt: at.toString() })
    .where(and(eq(agreementReleases.id, release.id), isNull(agreementReleases.endedAt)))
}

/** The public address comes from the English title when it is first published, and never changes after. */
async function nameForTheFirstTime(tx: Transaction, record: AgreementRecord): Promise<void> {
  const [published] = await tx
    .select({ id: publications.id })
    .from(publications)
    .where(and(eq(publications.kind, 'agreement'), eq(publications.recordId, record.id)))
    .limit(1)
  const slug = slugFromTitle(record.words.titles.en)
  if (published !== undefined || slug === undefined) return
  const [taken] = await tx
    .select({ id: agreements.id })
    .from(agreements)
    .where(and(eq(agreements.slug, slug), ne(agreements.id, record.id)))
  const free = taken === undefined ? slug : `${slug}-${record.id.slice(-8)}`
  await tx.update(agreements).set({ slug: free }).where(eq(agreements.id, record.id))
}

interface ReleaseEvent {
  readonly action: string
  readonly step: ReleaseStep
  readonly at: Temporal.Instant
  readonly note: string | null
  readonly before: string | null
  readonly after: string | null
  readonly changes?: readonly Change[]
}

async function audit(
  tx: Transaction,
  actor: KnownActor,
  { action, step, at, note, before, after, changes = [] }: ReleaseEvent,
) {
  await recordAudit(tx, actor, {
    action: `agreement.${action}`,
    subject: { kind: 'agreement', id: step.id },
    at,
    changes: [{ field: 'release', before, after }, { field: 'note', before: null, after: note }, ...changes],
  })
}
