import { and, eq } from 'drizzle-orm'
import { isDeepStrictEqual } from 'node:util'
import { sqlState, type Transaction } from '#db/client.ts'
import { agreementAmendments, agreementDocuments } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { signedStates } from '#features/agreements/next-due.ts'
import { requireOwn } from '#features/agreements/own.ts'
import { type AgreementRecord, lockRecord } from '#features/agreements/record.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { checkText, collectProblems } from '#features/milestones/check-parts.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { isUuid, once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { agreedOf, type AmendmentChange, type AmendmentKind, heldBefore, withoutAmendment } from './model.ts'
import { readAmendments, rewrite, takeEffect } from './state.ts'

export interface AmendmentContext extends OnceContext {
  readonly config: { readonly officeTimeZone: string }
}

const todayOf = (context: AmendmentContext) => officeDay(context.clock, context.config.officeTimeZone)
const refuse = (...problems: FieldProblem[]) => new DomainError('invalid_input', {}, problems)

/** What people write about an amendment. */
export interface AmendmentWords {
  readonly number: number
  readonly kind: AmendmentKind
  readonly summary: string
  readonly signedOn: Temporal.PlainDate | null
  readonly effectiveOn: Temporal.PlainDate
  readonly changes: readonly AmendmentChange[]
  /** BCP 47 tags. */
  readonly languages: readonly string[]
  readonly documentId: string | null
}

export interface NewAmendment {
  readonly agreementId: string
  /** The version of the agreement that the form was opened on. */
  readonly version: number
  readonly token: string
  readonly words: AmendmentWords
}

/**
 * Records an amendment of a signed agreement; when its day of effect has come, the agreement takes it over at once,
 * else on that day. Returns the amendment's id.
 * @throws DomainError `not_found`, `stale_version`, `transition_not_allowed` before signature, `invalid_input` for a
 * number that is taken, a change from what did not hold, or a document of another agreement.
 */
export const recordAmendment = command(
  'amendments.record',
  (context: AmendmentContext, actor, { agreementId, version, token, words }: NewAmendment): Promise<string> =>
    once(
      context,
      actor,
      { token, action: `amendment.record:${agreementId}`, content: { version, ...auditFields(words) } },
      async (tx) => {
        const record = await lockAgreement(tx, actor, agreementId)
        if (record.version !== version) throw new DomainError('stale_version', { version: record.version })
        if (!signedStates.includes(record.state)) throw new DomainError('transition_not_allowed')
        const held = heldBefore(agreedOf(record.words), await readAmendments(tx, agreementId), words)
        const wrong = words.changes.find(({ field, before }) => !isDeepStrictEqual(held[field], before))
        if (wrong !== undefined) throw refuse({ path: 'amendment.effectiveOn', code: 'before_differs' })
        await documentBelongs(tx, agreementId, words.documentId)
        const id = newId()
        const at = context.clock.now()
        await numberFree(() =>
          tx.insert(agreementAmendments).values({
            id,
            agreementId,
            number: words.number,
            kind: words.kind,
            summary: words.summary,
            signedOn: words.signedOn?.toString() ?? null,
            effectiveOn: words.effectiveOn.toString(),
            changes: [...words.changes],
            languages: [...words.languages],
            documentId: words.documentId,
            recordedBy: actor.kind === 'user' ? actor.id : null,
            recordedAt: at.toString(),
          }),
        )
        await recordAudit(tx, actor, {
          action: 'amendment.record',
          subject: { kind: 'agreement', id: agreementId },
          at,
          changes: Object.entries(auditFields(words)).map(([field, after]) => ({ field, before: null, after })),
        })
        const today = todayOf(context)
        if (Temporal.PlainDate.compare(words.effectiveOn, today) <= 0) {
          const amendment = (await readAmendments(tx, agreementId)).find((other) => other.id === id)
          if (amendment !== undefined) await takeEffect(tx, actor, record, amendment, { at, today })
        }
        return id
      },
    ),
)

export interface AmendmentPaper {
  readonly id: string
  readonly agreementId: string
  readonly token: string
  readonly languages: readonly string[]
  readonly documentId: string | null
  /** As the form showed them, so that of two people the second is told. */
  readonly seen: { readonly languages: readonly string[]; readonly documentId: string | null }
}

/** Says in which languages an amendment exists and which paper it is: what may become known later. Returns its id. */
export const fileAmendment = command(
  'amendments.record',
  (
    context: AmendmentContext,
    actor,
    { id, agreementId, token, languages, documentId, seen }: AmendmentPaper,
  ): Promise<string> =>
    once(context, actor, { token, action: `amendment.file:${id}`, content: { languages, documentId } }, async (tx) => {
      await lockAgreement(tx, actor, agreementId)
      const amendment = (await readAmendments(tx, agreementId)).find((other) => other.id === id)
      if (amendment === undefined) throw new DomainError('not_found')
      const now = { languages: [...amendment.languages], documentId: amendment.documentId }
      if (!isDeepStrictEqual(now, { languages: [...seen.languages], documentId: seen.documentId }))
        throw new DomainError('stale_version')
      await documentBelongs(tx, agreementId, documentId)
      await tx
        .update(agreementAmendments)
        .set({ languages: [...languages], documentId })
        .where(eq(agreementAmendments.id, id))
      await recordAudit(tx, actor, {
        action: 'amendment.file',
        subject: { kind: 'agreement', id: agreementId },
        at: context.clock.now(),
        changes: [
          { field: 'amendment', before: null, after: amendment.number },
          { field: 'amendment.languages', before: now.languages, after: languages },
          { field: 'amendment.document', before: now.documentId, after: documentId },
        ],
      })
      return id
    }),
)

export interface AmendmentAnnulment {
  readonly id: string
  readonly agreementId: string
  /** The version of the agreement that the person saw. */
  readonly version: number
  readonly token: string
  readonly reason: string
}

/** Characters. */
const longestReason = 2000

/**
 * Annuls an amendment that was recorded in error: the agreement, and what later amendments say of what held before
 * them, become what they would be without it; its number is free again; the history keeps it. Returns its id.
 * @throws DomainError `not_found`, `forbidden`, `stale_version`, `invalid_input` without a reason
 */
export const annulAmendment = command(
  'amendments.record',
  (
    context: AmendmentContext,
    actor,
    { id, agreementId, version, token, reason }: AmendmentAnnulment,
  ): Promise<string> =>
    once(context, actor, { token, action: `amendment.annul:${id}`, content: { reason } }, async (tx) => {
      const record = await lockAgreement(tx, actor, agreementId)
      if (record.version !== version) throw new DomainError('stale_version', { version: record.version })
      const { problems, report } = collectProblems()
      const why = checkText(reason, 'reason', { max: longestReason, lines: true, keep: [] }, report)
      if (why === undefined && problems.length === 0) report('reason', 'required')
      if (why === undefined || problems.length > 0) throw refuse(...problems)
      const amendments = await readAmendments(tx, agreementId)
      const annulled = amendments.find((other) => other.id === id)
      if (annulled === undefined) throw new DomainError('not_found')
      const { row, later } = withoutAmendment(agreedOf(record.words), amendments, annulled)
      const at = context.clock.now()
      const annulment = { annulledAt: at.toString(), annulledBy: userOf(actor), annulledReason: why }
      await tx.update(agreementAmendments).set(annulment).where(eq(agreementAmendments.id, id))
      const told = { subject: { kind: 'agreement', id: agreementId }, at }
      await recordAudit(tx, actor, {
        ...told,
        action: 'amendment.annul',
        changes: [
          ...Object.entries(auditFields(annulled)).map(([field, before]) => ({ field, before, after: null })),
          { field: 'note', before: null, after: why },
        ],
      })
      for (const [number, changes] of later) {
        const next = amendments.find((other) => other.number === number)
        if (next === undefined) continue
        await tx
          .update(agreementAmendments)
          .set({ changes: [...changes] })
          .where(eq(agreementAmendments.id, next.id))
        await recordAudit(tx, actor, {
          ...told,
          action: 'amendment.rederive',
          changes: [
            { field: 'amendment', before: null, after: number },
            { field: 'amendment.changes', before: valuesOf(next.changes), after: valuesOf(changes) },
          ],
        })
      }
      const today = todayOf(context)
      await rewrite(tx, actor, record, {
        action: 'agreement.unamend',
        number: annulled.number,
        changes: row,
        at,
        today,
      })
      return id
    }),
)

const userOf = (actor: KnownActor) => (actor.kind === 'user' ? actor.id : null)

const valuesOf = (changes: readonly AmendmentChange[]) => changes.map((change) => ({ ...change }))

function auditFields(words: AmendmentWords): Record<string, AuditValue> {
  return {
    amendment: words.number,
    'amendment.kind': words.kind,
    'amendment.summary': words.summary,
    'amendment.signed': words.signedOn?.toString() ?? null,
    'amendment.effective': words.effectiveOn.toString(),
    'amendment.languages': words.languages,
    'amendment.document': words.documentId,
    'amendment.changes': valuesOf(words.changes),
  }
}

async function lockAgreement(tx: Transaction, actor: KnownActor, agreementId: string): Promise<AgreementRecord> {
  const record = isUuid(agreementId) ? await lockRecord(tx, actor, agreementId) : undefined
  if (record === undefined) throw new DomainError('not_found')
  requireOwn(actor, record)
  return record
}

async function documentBelongs(tx: Transaction, agreementId: string, documentId: string | null): Promise<void> {
  if (documentId === null) return
  const where = and(eq(agreementDocuments.id, documentId), eq(agreementDocuments.agreementId, agreementId))
  const [document] = isUuid(documentId)
    ? await tx.select({ id: agreementDocuments.id }).from(agreementDocuments).where(where)
    : []
  if (document === undefined) throw refuse({ path: 'amendment.documentId', code: 'unknown_document' })
}

const uniqueViolation = '23505'

async function numberFree<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error
    throw new DomainError('invalid_input', {}, [{ path: 'amendment.number', code: 'number_taken' }], error)
  }
}
