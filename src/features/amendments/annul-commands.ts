import { eq } from 'drizzle-orm'
import { agreementAmendments } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import { checkText, collectProblems } from '#features/milestones/check-parts.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { once } from '#platform/forms/once.ts'
import { auditFields, valuesOf } from './audit-fields.ts'
import type { AmendmentContext } from './commands.ts'
import { agreedOf, withoutAmendment } from './model.ts'
import { readAmendments, rewrite } from './state.ts'

const userOf = (actor: KnownActor) => (actor.kind === 'user' ? actor.id : null)
const todayOf = (context: AmendmentContext) => officeDay(context.clock, context.config.officeTimeZone)

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
      const record = await lockOwn(tx, actor, agreementId)
      if (record.version !== version) throw new DomainError('stale_version', { version: record.version })
      const { problems, report } = collectProblems()
      const why = checkText(reason, 'reason', { max: longestReason, lines: true, keep: [] }, report)
      if (why === undefined && problems.length === 0) report('reason', 'required')
      if (why === undefined || problems.length > 0) throw new DomainError('invalid_input', {}, problems)
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
