import { and, asc, eq, gt, inArray, lt, lte, max, or } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
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
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
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
      .limit(atOnce)
    for (const { agreement, ended } of rows) {
      const { state } = agreement
      if (!isAgreementState(state)) continue
      const held = {
        state,
        term: termOf(agreement),
        renewedAfter: ended === null ? undefined : Temporal.PlainDate.from(ended),
      }
      if (stepsDue(held, today).length > 0) yield { id: agreement.id }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < atOnce) return
    after = last.agreement.id
  }
}
