import { and, asc, eq, gt, inArray, lt, lte, max, or } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { inBatches } from '#db/in-batches.ts'
import { agreementRenewals, agreements } from '#db/schema/index.ts'
import { isAgreementState } from '#features/agreements/lifecycle.ts'
import { termOf } from '#features/agreements/term-columns.ts'
import { stepsDue } from './model.ts'

const atOnce = 1000

/**
 * The agreements for which a step is due by a day, read in batches without a lock: whoever takes the steps looks again
 * under lock. The columns hold the first day of a date that is known to the month or year only, so the query finds too
 * many rather than too few, and the rule decides.
 * Unscoped: the system's own work of every day.
 */
export async function* candidates(
  database: Queryable,
  today: Temporal.PlainDate,
): AsyncGenerator<{ readonly id: string }> {
  const day = today.toString()
  const renewedAfter = database
    .select({ agreementId: agreementRenewals.agreementId, ended: max(agreementRenewals.endedOn).as('ended') })
    .from(agreementRenewals)
    .groupBy(agreementRenewals.agreementId)
    .as('renewed')
  const found = inBatches(atOnce, async (after, limit) => {
    const rows = await database
      .select({ agreement: agreements, ended: renewedAfter.ended })
      .from(agreements)
      .leftJoin(renewedAfter, eq(renewedAfter.agreementId, agreements.id))
      .where(
        and(
          gt(agreements.id, after),
          eq(agreements.origin, 'office'),
          or(
            and(eq(agreements.state, 'signed'), lte(agreements.effective, day)),
            and(
              inArray(agreements.state, ['in_force', 'suspended']),
              eq(agreements.openEnded, false),
              lt(agreements.ends, day),
            ),
          ),
        ),
      )
      .orderBy(asc(agreements.id))
      .limit(limit)
    return rows.map(({ agreement, ended }) => ({ ...agreement, ended }))
  })
  for await (const rows of found) {
    for (const row of rows) {
      const { id, state, ended } = row
      if (!isAgreementState(state)) continue
      const renewed = ended === null ? undefined : Temporal.PlainDate.from(ended)
      if (stepsDue({ state, term: termOf(row), renewedAfter: renewed }, today).length > 0) yield { id }
    }
  }
}
