import { and, count, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementDocuments, agreementMilestones, milestoneOccurrences } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { refreshNextDue } from '#features/agreements/next-due-steps.ts'
import { requireOwn } from '#features/agreements/own.ts'
import { lockRecord } from '#features/agreements/record.ts'
import type { AuditValue, Change } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { isUuid, once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { limits, type MilestoneWords, type Outcome, reschedule } from './model.ts'
import { plainDecimal } from './money.ts'
import { mostOccurrences, occurrencesOf, parseRule } from './recurrence.ts'
import { milestoneFrom, type MilestoneRecord, occurrenceFrom } from './rows.ts'

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
      await documentBelongs(tx, agreementId, outcome.documentId)
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
          named(milestone.words.title),
          { field: 'milestone.due', before: null, after: due.toString() },
          ...Object.entries(after).map(([field, value]) => ({ field, before: before[field] ?? null, after: value })),
        ],
      })
      await refreshNextDue(tx, agreementId, todayOf(context))
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

async function lockAgreement(
  tx: Transaction,
  actor: KnownActor,
  agreementId: string,
  words?: MilestoneWords,
): Promise<void> {
  const record = isUuid(agreementId) ? await lockRecord(tx, actor, agreementId) : undefined
  if (record === undefined) throw new DomainError('not_found')
  requireOwn(actor, record)
  const position = words?.partyPosition ?? null
  if (position !== null && record.words.parties[position] === undefined)
    throw refuse({ path: 'party', code: 'unknown_choice', params: { value: position + 1 } })
}

async function lockMilestone(
  tx: Transaction,
  actor: KnownActor,
  id: string,
  version: number,
  words?: MilestoneWords,
): Promise<MilestoneRecord> {
  const read = () => tx.select().from(agreementMilestones).where(eq(agreementMilestones.id, id))
  const [found] = isUuid(id) ? await read() : []
  if (found === undefined) throw new DomainError('not_found')
  // The agreement first, as every write does, so that two never wait for each other.
  await lockAgreement(tx, actor, found.agreementId, words)
  const [row] = await read().for('update')
  if (row === undefined) throw new DomainError('not_found')
  if (row.version !== version || row.archivedAt !== null)
    throw new DomainError('stale_version', { version: row.version })
  return milestoneFrom(row)
}

async function documentBelongs(tx: Transaction, agreementId: string, documentId: string | null): Promise<void> {
  if (documentId === null) return
  const [document] = isUuid(documentId)
    ? await tx
        .select({ id: agreementDocuments.id })
        .from(agreementDocuments)
        .where(and(eq(agreementDocuments.id, documentId), eq(agreementDocuments.agreementId, agreementId)))
    : []
  if (document === undefined) throw refuse({ path: 'documentId', code: 'unknown_document' })
}
