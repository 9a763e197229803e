import { eq } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client.ts'
import { agreements, hubSettings } from '#db/schema/index.ts'
import type { Change } from '#platform/audit/canonical.ts'
import { bounds, type PartialDate } from '#platform/partial-date.ts'

export const filingSetting = 'filingDays'

/** Days after signature by which the papers are to be filed, where the office has set nothing else. */
export const usualFilingDays = 30

/** Days after signature that are proposed for filing; null where the office wants no proposal. */
export async function readFilingDays(database: Queryable): Promise<number | null> {
  const [row] = await database
    .select({ value: hubSettings.value })
    .from(hubSettings)
    .where(eq(hubSettings.key, filingSetting))
  if (row === undefined) return usualFilingDays
  return typeof row.value === 'number' ? row.value : null
}

/**
 * Proposes, for an agreement that is being signed, the day by which its papers are to be filed: counted from the day of
 * signature, and never a day that is over. Whoever said a day before, or has filed already, is not corrected.
 * @returns what the history is to say of it
 */
export async function proposeFiling(
  tx: Transaction,
  id: string,
  { signed, today }: { readonly signed: PartialDate | null; readonly today: Temporal.PlainDate },
): Promise<readonly Change[]> {
  const days = await readFilingDays(tx)
  const [row] = await tx
    .select({ filedOn: agreements.filedOn, filingDue: agreements.filingDue })
    .from(agreements)
    .where(eq(agreements.id, id))
  if (days === null || row === undefined || row.filedOn !== null || row.filingDue !== null) return []
  const counted = (signed === null ? today : bounds(signed).last).add({ days })
  const filingDue = (Temporal.PlainDate.compare(counted, today) < 0 ? today : counted).toString()
  await tx.update(agreements).set({ filingDue }).where(eq(agreements.id, id))
  return [{ field: 'filing.filingDue', before: null, after: filingDue }]
}
