import { and, inArray, isNotNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreements } from '#db/schema/index.ts'
import { clearMark, staleMark } from '#features/workdays/steps.ts'
import { runningStates } from './next-due.ts'
import { refreshManyDues } from './next-due-steps.ts'

/**
 * After a change of the calendar, brings the next due day of every agreement with a lead time in line with it. Does
 * nothing where nothing changed. What somebody is changing just now may have been reckoned by the calendar as it was:
 * then the next round looks at all of them again, as it does after a process that ended half-way.
 */
export async function refreshLeads(
  { database }: { readonly database: Database },
  today: Temporal.PlainDate,
): Promise<void> {
  const mark = await staleMark(database)
  if (mark === undefined) return
  const found = await database
    .select({ id: agreements.id })
    .from(agreements)
    .where(and(inArray(agreements.state, [...runningStates]), isNotNull(agreements.leadDays)))
  const ids = found.map(({ id }) => id)
  const reckoned = await refreshManyDues(database, ids, today)
  if (reckoned === ids.length) await clearMark(database, mark)
}
