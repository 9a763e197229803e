import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'

/** The PostgreSQL channel on which processes tell each other what changed. */
export const changesChannel = 'yunqiao_changes'

/**
 * Tells every process, when the transaction commits, that what the tags name has changed: `partner`, `lab`,
 * `facility`, `agreement`, `hub` (organisation, vocabularies, pages).
 */
export async function announceChange(tx: Transaction, tags: readonly string[]): Promise<void> {
  await tx.execute(sql`select pg_notify(${changesChannel}, ${JSON.stringify(tags)})`)
}
