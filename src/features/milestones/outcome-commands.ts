import { and, eq } from 'drizzle-orm'
import { agreementMilestones, milestoneOccurrences } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { refreshNextDue } from '#features/agreements/next-due-steps.ts'
import { requirePaper } from '#features/documents/steps.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { once } from '#platform/forms/once.ts'
import type { MilestoneContext } from './commands.ts'
import { lockMilestone } from './lock-steps.ts'
import type { Outcome } from './model.ts'
import { plainDecimal } from './money.ts'
import { occurrenceFrom } from './rows.ts'

const userOf = (actor: KnownActor) => (actor.kind === 'user' ? actor.id : null)

export interface Settlement {
  readonly id: string
  readonly due: Temporal.PlainDate
  readonly version: number
  readonly token: string
  /** As `checkOutcome` gives it. */
  readonly outcome: Outcome
}

/**
 * Says what became of one due day (or, back to scheduled, that nothing did yet); who confirms it is the actor.
 * Returns the milestone's id.
 * @throws DomainError `not_found`, `stale_version`, `invalid_input` for a document of another agreement
 */
export const settleOccurrence = command(
  'milestones.confirm',
  (context: MilestoneContext, actor, { id, due, version, token, outcome }: Settlement): Promise<string> => {
    const content = { version, ...outcomeFields(outcome, null) }
    const action = `milestone.settle:${id}:${due.toString()}`
    return once(context, actor, { token, action, content }, async (tx) => {
      const milestone = await lockMilestone(tx, actor, id, version)
      const { agreementId } = milestone
      const where = and(eq(milestoneOccurrences.milestoneId, id), eq(milestoneOccurrences.due, due.toString()))
      const [row] = await tx.select().from(milestoneOccurrences).where(where)
      if (row === undefined) throw new DomainError('not_found')
      await requirePaper(tx, agreementId, outcome.documentId, 'documentId')
      const at = context.clock.now()
      const settled = outcome.state !== 'scheduled'
      await tx
        .update(milestoneOccurrences)
        .set({
          state: outcome.state,
          metOn: outcome.metOn?.toString() ?? null,
          paidAmount: outcome.paid,
          note: settled ? outcome.note : null,
          documentId: outcome.documentId,
          confirmedBy: settled ? userOf(actor) : null,
          confirmedAt: settled ? at.toString() : null,
        })
        .where(where)
      await tx
        .update(agreementMilestones)
        .set({ version: version + 1 })
        .where(eq(agreementMilestones.id, id))
      const currency = milestone.words.money?.currency ?? null
      const before = outcomeFields(occurrenceFrom(row), currency)
      const after = outcomeFields(outcome, currency)
      await recordAudit(tx, actor, {
        action: 'milestone.settle',
        subject: { kind: 'agreement', id: agreementId },
        at,
        changes: [
          { field: 'milestone', before: null, after: milestone.words.title },
          { field: 'milestone.due', before: null, after: due.toString() },
          ...Object.entries(after).map(([field, value]) => ({ field, before: before[field] ?? null, after: value })),
        ],
      })
      await refreshNextDue(tx, agreementId, officeDay(context.clock, context.config.officeTimeZone))
      return id
    })
  },
)

function outcomeFields(outcome: Outcome, currency: string | null): Record<string, AuditValue> {
  const paid = outcome.paid === null ? null : plainDecimal(outcome.paid)
  return {
    'milestone.state': outcome.state,
    'milestone.met_on': outcome.metOn?.toString() ?? null,
    'milestone.paid': paid === null || currency === null ? paid : { amount: paid, currency },
    'milestone.note': outcome.note,
    'milestone.document': outcome.documentId,
  }
}
