import { and, eq, isNull, min } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementMilestones, agreements, milestoneOccurrences } from '#db/schema/index.ts'
import { nextDueOf, runningStates, signedStates } from './next-due.ts'
import { deadlines } from './term.ts'
import { termOf } from './term-columns.ts'

const nothing = { end: undefined, notice: undefined, lead: undefined }

/**
 * Brings `agreements.next_due` in line with the agreement's state, term, filing and milestones as they stand in the
 * transaction. Whoever changes one of these calls it; days that pass are the daily job's business.
 * @param today the office's day
 */
export async function refreshNextDue(tx: Transaction, agreementId: string, today: Temporal.PlainDate): Promise<void> {
  const [row] = await tx.select().from(agreements).where(eq(agreements.id, agreementId))
  if (row === undefined) return
  const state = row.state ?? ''
  const [{ due } = { due: null }] = await tx
    .select({ due: min(milestoneOccurrences.due) })
    .from(milestoneOccurrences)
    .innerJoin(agreementMilestones, eq(agreementMilestones.id, milestoneOccurrences.milestoneId))
    .where(
      and(
        eq(milestoneOccurrences.agreementId, agreementId),
        eq(milestoneOccurrences.state, 'scheduled'),
        isNull(agreementMilestones.archivedAt),
      ),
    )
  const owed = signedStates.includes(state) && due !== null ? [due] : []
  const filing = signedStates.includes(state) && row.filedOn === null && row.filingDue !== null ? [row.filingDue] : []
  const items = [...owed, ...filing].map((day) => ({ due: Temporal.PlainDate.from(day), state: 'scheduled' as const }))
  const term = runningStates.includes(state) ? deadlines(termOf(row), today) : nothing
  const nextDue = nextDueOf(term, items, today)?.toString() ?? null
  if (nextDue !== row.nextDue) await tx.update(agreements).set({ nextDue }).where(eq(agreements.id, agreementId))
}
