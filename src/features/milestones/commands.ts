import { and, count, eq, inArray, isNull } from 'drizzle-orm'
import { agreementMilestones, milestoneOccurrences } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { refreshNextDue } from '#features/agreements/next-due-steps.ts'
import type { AuditValue, Change } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { lockAgreement, lockMilestone } from './lock-steps.ts'
import { limits, type MilestoneWords, reschedule } from './model.ts'
import { mostOccurrences, occurrencesOf, parseRule } from './recurrence.ts'
import { occurrenceFrom } from './rows.ts'

export interface MilestoneContext extends OnceContext {
  readonly config: { readonly officeTimeZone: string }
}

const userOf = (actor: KnownActor) => (actor.kind === 'user' ? actor.id : null)
const todayOf = (context: MilestoneContext) => officeDay(context.clock, context.config.officeTimeZone)
const refuse = (...problems: FieldProblem[]) => new DomainError('invalid_input', {}, problems)

/** Fields of a milestone as the audit trail speaks of them. */
function auditFields(words: MilestoneWords): Record<string, AuditValue> {
  return {
    'milestone.title': words.title,
    'milestone.kind': words.kind,
    'milestone.owed_by': words.partyPosition,
    'milestone.first_due': words.firstDue.toString(),
    'milestone.rule': words.rule,
    'milestone.money': words.money === null ? null : { ...words.money },
  }
}

function changesOf(before: MilestoneWords | null, after: MilestoneWords): Change[] {
  const old = before === null ? {} : auditFields(before)
  return Object.entries(auditFields(after)).map(([field, value]) => ({
    field,
    before: old[field] ?? null,
    after: value,
  }))
}

/** Names the milestone in an event that leaves its title as it is. */
const named = (title: string): Change => ({ field: 'milestone', before: null, after: title })

/** The days of a rule. @throws DomainError `invalid_input` for a rule that milestones do not use, or too many days. */
function daysOf({ firstDue, rule }: MilestoneWords): Temporal.PlainDate[] {
  const recurrence = rule === null ? undefined : parseRule(rule)
  if (rule !== null && recurrence === undefined)
    throw refuse({ path: 'rhythm', code: 'unknown_choice', params: { value: rule.slice(0, 40) } })
  const days = occurrencesOf(firstDue, recurrence)
  if (days.length > mostOccurrences)
    throw refuse({ path: 'times', code: 'too_many_occurrences', params: { max: mostOccurrences } })
  return days
}

const columnsOf = (words: MilestoneWords) => ({
  kind: words.kind,
  title: words.title,
  partyPosition: words.partyPosition,
  firstDue: words.firstDue.toString(),
  rule: words.rule,
  amount: words.money?.amount ?? null,
  currency: words.money?.currency ?? null,
})

export interface NewMilestone {
  readonly agreementId: string
  readonly token: string
  readonly words: MilestoneWords
}

/** Adds a milestone to an agreement, with all its due days; returns its id. @throws DomainError `not_found`, `invalid_input` */
export const addMilestone = command(
  'milestones.record',
  (context: MilestoneContext, actor, { agreementId, token, words }: NewMilestone): Promise<string> =>
    once(context, actor, { token, action: `milestone.add:${agreementId}`, content: auditFields(words) }, async (tx) => {
      const days = daysOf(words)
      await lockAgreement(tx, actor, agreementId, words)
      const [{ n } = { n: 0 }] = await tx
        .select({ n: count() })
        .from(agreementMilestones)
        .where(and(eq(agreementMilestones.agreementId, agreementId), isNull(agreementMilestones.archivedAt)))
      if (n >= limits.milestones)
        throw refuse({ path: 'title', code: 'too_many_entries', params: { max: limits.milestones } })
      const id = newId()
      const at = context.clock.now()
      await tx.insert(agreementMilestones).values({
        ...columnsOf(words),
        id,
        agreementId,
        createdBy: userOf(actor),
        createdAt: at.toString(),
      })
      await tx
        .insert(milestoneOccurrences)
        .values(days.map((due) => ({ milestoneId: id, agreementId, due: due.toString() })))
      await recordAudit(tx, actor, {
        action: 'milestone.add',
        subject: { kind: 'agreement', id: agreementId },
        at,
        changes: changesOf(null, words),
      })
      await refreshNextDue(tx, agreementId, todayOf(context))
      return id
    }),
)

export interface MilestoneEdit {
  readonly id: string
  /** The version that the form was opened on. */
  readonly version: number
  readonly token: string
  readonly words: MilestoneWords
}

/**
 * Changes a milestone; days that were settled stay as they are, scheduled ones follow the rule. Returns its id.
 * @throws DomainError `not_found`, `stale_version`, `invalid_input`
 */
export const editMilestone = command(
  'milestones.record',
  (context: MilestoneContext, actor, { id, version, token, words }: MilestoneEdit): Promise<string> =>
    once(
      context,
      actor,
      { token, action: `milestone.edit:${id}`, content: { version, ...auditFields(words) } },
      async (tx) => {
        const days = daysOf(words)
        const milestone = await lockMilestone(tx, actor, id, version, words)
        const { agreementId } = milestone
        const rows = await tx.select().from(milestoneOccurrences).where(eq(milestoneOccurrences.milestoneId, id))
        const settledMoney = rows.some((row) => row.paidAmount !== null)
        if (settledMoney && words.money?.currency !== milestone.words.money?.currency)
          throw refuse({ path: 'currency', code: 'currency_settled' })
        const changes = changesOf(milestone.words, words).filter(
          ({ before, after }) => JSON.stringify(before) !== JSON.stringify(after),
        )
        if (changes.length === 0) return id
        const { add, remove } = reschedule(rows.map(occurrenceFrom), days)
        if (remove.length > 0) {
          await tx
            .delete(milestoneOccurrences)
            .where(and(eq(milestoneOccurrences.milestoneId, id), inArray(milestoneOccurrences.due, remove.map(String))))
        }
        if (add.length > 0) {
          await tx
            .insert(milestoneOccurrences)
            .values(add.map((due) => ({ milestoneId: id, agreementId, due: due.toString() })))
        }
        await tx
          .update(agreementMilestones)
          .set({ ...columnsOf(words), version: version + 1 })
          .where(eq(agreementMilestones.id, id))
        await recordAudit(tx, actor, {
          action: 'milestone.edit',
          subject: { kind: 'agreement', id: agreementId },
          at: context.clock.now(),
          changes: [named(milestone.words.title), ...changes],
        })
        await refreshNextDue(tx, agreementId, todayOf(context))
        return id
      },
    ),
)

/** Takes a milestone out of the lists, with everything that became of it kept; returns its id. */
export const archiveMilestone = command(
  'milestones.record',
  (context: MilestoneContext, actor, { id, version, token }: Omit<MilestoneEdit, 'words'>): Promise<string> =>
    once(context, actor, { token, action: `milestone.archive:${id}`, content: { version } }, async (tx) => {
      const milestone = await lockMilestone(tx, actor, id, version)
      const at = context.clock.now()
      await tx
        .update(agreementMilestones)
        .set({ archivedAt: at.toString(), version: version + 1 })
        .where(eq(agreementMilestones.id, id))
      await recordAudit(tx, actor, {
        action: 'milestone.archive',
        subject: { kind: 'agreement', id: milestone.agreementId },
        at,
        changes: [named(milestone.words.title)],
      })
      await refreshNextDue(tx, milestone.agreementId, todayOf(context))
      return id
    }),
)
