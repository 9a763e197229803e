import type { agreementMilestones, milestoneOccurrences } from '#db/schema/index.ts'
import type { DueItem } from '#features/agreements/next-due.ts'
import type { MilestoneKind, MilestoneWords, Outcome } from './model.ts'
import { plainDecimal } from './money.ts'

export interface MilestoneRecord {
  readonly id: string
  readonly agreementId: string
  readonly version: number
  readonly archived: boolean
  readonly words: MilestoneWords
}

export function milestoneFrom(row: typeof agreementMilestones.$inferSelect): MilestoneRecord {
  return {
    id: row.id,
    agreementId: row.agreementId,
    version: row.version,
    archived: row.archivedAt !== null,
    words: {
      kind: row.kind as MilestoneKind,
      title: row.title,
      partyPosition: row.partyPosition,
      firstDue: Temporal.PlainDate.from(row.firstDue),
      rule: row.rule,
      money:
        row.amount === null || row.currency === null
          ? null
          : { amount: plainDecimal(row.amount), currency: row.currency },
    },
  }
}

export function occurrenceFrom(row: typeof milestoneOccurrences.$inferSelect): DueItem & Outcome {
  return {
    due: Temporal.PlainDate.from(row.due),
    state: row.state,
    metOn: row.metOn === null ? null : Temporal.PlainDate.from(row.metOn),
    paid: row.paidAmount === null ? null : plainDecimal(row.paidAmount),
    note: row.note,
    documentId: row.documentId,
  }
}
