import { sql } from 'drizzle-orm'
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
import { visibleTo } from './scope.ts'

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
  const day = today.toString()
  const [row] = await database.execute<{
    overdue: number
    amendments: number
    documents: number
    clauses: number
    links: number
    notes: number
    filing: boolean
  }>(sql`
    select
      (select count(*)::int from ${milestoneOccurrences} o join ${agreementMilestones} m on m.id = o.milestone_id
        where o.agreement_id = ${id} and o.state = 'scheduled' and o.due < ${day} and m.archived_at is null) as overdue,
      (select count(*)::int from ${agreementAmendments} where agreement_id = ${id} and annulled_at is null) as amendments,
      (select count(*)::int from ${agreementDocuments} where agreement_id = ${id} and archived_at is null) as documents,
      (select count(*)::int from ${agreementClauses} where agreement_id = ${id}) as clauses,
      (select count(*)::int from ${agreementLinks} l
        join ${agreements} on ${agreements.id} in (l.agreement_id, l.other_id) and ${agreements.id} <> ${id}
        where (l.agreement_id = ${id} or l.other_id = ${id}) and ${visibleTo(actor)}) as links,
      (select count(*)::int from ${agreementNotes} where agreement_id = ${id}) as notes,
      coalesce(filed_on is null and filing_due < ${day} and state in ${[...signedStates]}, false) as filing
    from ${agreements} where id = ${id}`)
  return {
    overdue: row?.overdue ?? 0,
    amendments: row?.amendments ?? 0,
    documents: row?.documents ?? 0,
    clauses: row?.clauses ?? 0,
    links: row?.links ?? 0,
    notes: row?.notes ?? 0,
    filingOverdue: row?.filing ?? false,
  }
}
