import { changesBetween } from '#features/agreements/words.ts'
import type { AuditEntry } from '#platform/audit/record.ts'
import type { SampleMilestone } from './milestones.ts'
import type { SampleAgreement } from './model.ts'
import { enteredState } from './reviews.ts'

/** What the trail says of a sample agreement: how it was entered, what it owes, what became of that. */
export function auditOf(
  id: string,
  agreement: SampleAgreement,
  milestones: readonly SampleMilestone[],
  at: Temporal.Instant,
): AuditEntry[] {
  const { words } = agreement
  const state = enteredState(agreement)
  const subject = { kind: 'agreement', id }
  const entered: AuditEntry = {
    action: state === 'draft' ? 'agreement.record' : 'agreement.enter',
    subject,
    at,
    changes: [
      ...changesBetween(null, words),
      { field: 'state', before: null, after: state },
      { field: 'version', before: null, after: 1 },
    ],
  }
  return [entered, ...milestones.flatMap((milestone) => auditOfMilestone(milestone, { subject, at }))]
}

function auditOfMilestone(
  { title, kind, partyPosition, firstDue, rule, days }: SampleMilestone,
  { subject, at }: Pick<AuditEntry, 'subject' | 'at'>,
): AuditEntry[] {
  const added: AuditEntry = {
    action: 'milestone.add',
    subject,
    at,
    changes: [
      { field: 'milestone.title', before: null, after: title },
      { field: 'milestone.kind', before: null, after: kind },
      { field: 'milestone.owed_by', before: null, after: partyPosition },
      { field: 'milestone.first_due', before: null, after: firstDue.toString() },
      { field: 'milestone.rule', before: null, after: rule },
    ],
  }
  const settled = days
    .filter((day) => day.state !== 'scheduled')
    .map((day): AuditEntry => ({
      action: 'milestone.settle',
      subject,
      at,
      changes: [
        { field: 'milestone', before: null, after: title },
        { field: 'milestone.due', before: null, after: day.due.toString() },
        { field: 'milestone.state', before: 'scheduled', after: day.state },
        { field: 'milestone.met_on', before: null, after: day.metOn?.toString() ?? null },
      ],
    }))
  return [added, ...settled]
}
