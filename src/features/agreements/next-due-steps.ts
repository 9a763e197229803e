import { and, asc, eq, inArray, isNull, min, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { agreementMilestones, agreements, milestoneOccurrences } from '#db/schema/index.ts'
import type { WorkingDays } from '#features/workdays/model.ts'
import { officeWorkingDays } from '#features/workdays/queries.ts'
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
  await refresh(tx, await tx.select().from(agreements).where(eq(agreements.id, agreementId)), today)
}

/**
 * The same for many at once. Those that somebody is changing just now are left to them: whoever changes what is due
 * refreshes it, and any other comes with the next round. Returns how many were looked at.
 */
export async function refreshNextDues(
  tx: Transaction,
  agreementIds: readonly string[],
  today: Temporal.PlainDate,
): Promise<number> {
  const rows = await tx
    .select()
    .from(agreements)
    .where(inArray(agreements.id, [...agreementIds]))
    .orderBy(asc(agreements.id))
    .for('update', { skipLocked: true })
  await refresh(tx, rows, today)
  return rows.length
}

/** Agreements in one transaction. */
const atOnce = 500

/** The same for as many as there are, some in each transaction. */
export async function refreshManyDues(
  database: Database,
  agreementIds: readonly string[],
  today: Temporal.PlainDate,
): Promise<number> {
  let lookedAt = 0
  for (let first = 0; first < agreementIds.length; first += atOnce) {
    const some = agreementIds.slice(first, first + atOnce)
    lookedAt += await database.transaction((tx) => refreshNextDues(tx, some, today))
  }
  return lookedAt
}

type Row = typeof agreements.$inferSelect

async function refresh(tx: Transaction, rows: readonly Row[], today: Temporal.PlainDate): Promise<void> {
  const owed = await earliestScheduled(
    tx,
    rows.map(({ id }) => id),
  )
  const workingDays = await officeWorkingDays(tx)
  const changed = rows.flatMap((row) => {
    const nextDue = nextDueFor(row, owed.get(row.id), today, workingDays)
    return nextDue === row.nextDue ? [] : [{ id: row.id, nextDue }]
  })
  if (changed.length === 0) return
  const ids = sql.param(changed.map(({ id }) => id))
  const days = sql.param(changed.map(({ nextDue }) => nextDue))
  await tx
    .update(agreements)
    .set({ nextDue: sql`due.day::date` })
    .from(sql`unnest(${ids}::uuid[], ${days}::text[]) as due(id, day)`)
    .where(sql`${agreements.id} = due.id`)
}

/** The earliest day on which a milestone of each agreement is still scheduled. */
async function earliestScheduled(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: milestoneOccurrences.agreementId, due: min(milestoneOccurrences.due) })
    .from(milestoneOccurrences)
    .innerJoin(agreementMilestones, eq(agreementMilestones.id, milestoneOccurrences.milestoneId))
    .where(
      and(
        inArray(milestoneOccurrences.agreementId, [...ids]),
        eq(milestoneOccurrences.state, 'scheduled'),
        isNull(agreementMilestones.archivedAt),
      ),
    )
    .groupBy(milestoneOccurrences.agreementId)
  return new Map(rows.flatMap(({ id, due }) => (due === null ? [] : [[id, due]])))
}

function nextDueFor(
  row: Row,
  owed: string | undefined,
  today: Temporal.PlainDate,
  workingDays: WorkingDays,
): string | null {
  const state = row.state ?? ''
  const isSigned = signedStates.includes(state)
  const filing = isSigned && row.filedOn === null && row.filingDue !== null ? [row.filingDue] : []
  const items = [...(isSigned && owed !== undefined ? [owed] : []), ...filing].map((day) => ({
    due: Temporal.PlainDate.from(day),
    state: 'scheduled' as const,
  }))
  const term = runningStates.includes(state) ? deadlines(termOf(row), today, workingDays) : nothing
  return nextDueOf(term, items, today)?.toString() ?? null
}
