import { eq, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import {
  agreementAmendments,
  agreementClauses,
  agreementDocuments,
  agreementLinks,
  agreementMilestones,
  agreementNotes,
  agreements,
  milestoneOccurrences,
} from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { signedStates } from './next-due.ts'
import { keptInScope } from './scope.ts'

/** How much there is in the parts of an agreement, and what in them waits. */
export interface PartCounts {
  readonly overdue: number
  readonly amendments: number
  readonly documents: number
  readonly clauses: number
  /** Links to agreements that the actor may see. */
  readonly links: number
  readonly notes: number
  /** The papers should have been filed by now. */
  readonly filingOverdue: boolean
}

/** For the navigation of an agreement's pages, each of which has made sure that the actor may see it. */
export async function readParts(
  database: Queryable,
  actor: Actor,
  id: string,
  today: Temporal.PlainDate,
): Promise<PartCounts> {
  const [row] = await counts(database, actor, { id, day: today.toString() })
  return row ?? { overdue: 0, amendments: 0, documents: 0, clauses: 0, links: 0, notes: 0, filingOverdue: false }
}

const counts = keptInScope<{ id: string; day: string }>()((database, value, visible) => {
  const id = value('id')
  const day = sql`${value('day')}::date`
  const other = sql`${agreements.id} in (l.agreement_id, l.other_id) and ${agreements.id} <> ${id}`
  return database
    .select({
      overdue: sql<number>`(
        select count(*)::int from ${milestoneOccurrences} o join ${agreementMilestones} m on m.id = o.milestone_id
        where o.agreement_id = ${id} and o.state = 'scheduled' and o.due < ${day} and m.archived_at is null)`,
      amendments: sql<number>`(
        select count(*)::int from ${agreementAmendments} where agreement_id = ${id} and annulled_at is null)`,
      documents: sql<number>`(
        select count(*)::int from ${agreementDocuments} where agreement_id = ${id} and archived_at is null)`,
      clauses: sql<number>`(select count(*)::int from ${agreementClauses} where agreement_id = ${id})`,
      links: sql<number>`(
        select count(*)::int from ${agreementLinks} l join ${agreements} on ${other}
        where (l.agreement_id = ${id} or l.other_id = ${id}) and ${visible})`,
      notes: sql<number>`(select count(*)::int from ${agreementNotes} where agreement_id = ${id})`,
      filingOverdue: sql<boolean>`
        coalesce(filed_on is null and filing_due < ${day} and state in ${[...signedStates]}, false)`,
    })
    .from(agreements)
    .where(eq(agreements.id, id))
})
