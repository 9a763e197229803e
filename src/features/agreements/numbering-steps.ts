import { eq, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client.ts'
import { agreements, hubSettings, referenceSeries } from '#db/schema/index.ts'
import { referenceFrom, seriesOf, usualScheme } from './numbering.ts'
import { referenceKey } from './reference.ts'

export const schemeSetting = 'referenceScheme'

/** The scheme in force. */
export async function readScheme(database: Queryable): Promise<string> {
  const [row] = await database
    .select({ value: hubSettings.value })
    .from(hubSettings)
    .where(eq(hubSettings.key, schemeSetting))
  return typeof row?.value === 'string' ? row.value : usualScheme
}

/**
 * The next number of the scheme, never given before and on no agreement: the row of its series stays locked until the
 * transaction ends, so two people who ask at once get two. Numbers that somebody typed by hand are passed over.
 */
export async function nextReference(tx: Transaction, year: number): Promise<string> {
  const scheme = await readScheme(tx)
  const series = seriesOf(scheme, year)
  for (;;) {
    const [row] = await tx
      .insert(referenceSeries)
      .values({ series, last: 1 })
      .onConflictDoUpdate({ target: referenceSeries.series, set: { last: sql`${referenceSeries.last} + 1` } })
      .returning({ last: referenceSeries.last })
    const reference = referenceFrom(scheme, year, row?.last ?? 1)
    const taken = await tx
      .select({ id: agreements.id })
      .from(agreements)
      .where(eq(agreements.referenceKey, referenceKey(reference)))
    if (taken.length === 0) return reference
  }
}
