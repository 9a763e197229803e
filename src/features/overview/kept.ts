import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreements, auditEvents } from '#db/schema/index.ts'
import { countAll } from './count.ts'
import type { Tally } from './tally.ts'

interface Kept {
  /** The office's day on which it was counted. */
  readonly today: string
  readonly countedAtMs: number
  /** What was committed before the count, as PostgreSQL writes a snapshot. */
  readonly snapshot: string
  readonly tally: Promise<Tally>
}

/** What moves without an entry in the audit trail (the next due day, when a day begins) shows after so long. */
const longestKeptMs = 60_000

/** Transactions that were open at the count are looked for among entries made since so long before it. */
const longestTransactionMs = 10 * 60_000

const kept = new WeakMap<Database, Kept>()

/**
 * Counts of what is not confidential, which everybody who reads the register sees alike. Counting a large register
 * takes longer than showing it, so they are kept until something is written: every change of an agreement, a milestone,
 * a review or a release leaves an entry in the audit trail in its own transaction.
 * Unscoped: of what is not confidential; the caller has asked who may read it.
 */
export async function openTally(database: Database, today: Temporal.PlainDate): Promise<Tally> {
  const known = kept.get(database)
  const isYoung = known?.today === today.toString() && Date.now() - known.countedAtMs < longestKeptMs
  if (known !== undefined && isYoung && (await isUnchangedSince(database, known))) return known.tally
  // Taken first: what is committed between the two is counted, and counted once more at the next look.
  const [taken] = await database.execute<{ snapshot: string }>(sql`select pg_current_snapshot()::text as snapshot`)
  // Somebody else may have begun to count while this one asked.
  const other = kept.get(database)
  if (other !== undefined && other !== known && other.today === today.toString()) return other.tally
  const open = and(eq(agreements.origin, 'office'), ne(agreements.visibility, 'confidential')) as SQL
  const tally = countAll(database, open, today)
  const now: Kept = { today: today.toString(), countedAtMs: Date.now(), snapshot: taken?.snapshot ?? '', tally }
  kept.set(database, now)
  tally.catch(() => {
    if (kept.get(database) === now) kept.delete(database)
  })
  return tally
}

async function isUnchangedSince(database: Database, { countedAtMs, snapshot }: Kept): Promise<boolean> {
  const [found] = await database.execute<{ changed: boolean }>(sql`
    select exists (
      select from ${auditEvents} where ${auditEvents.id} >= ${firstIdAt(countedAtMs - longestTransactionMs)}::uuid
      and not pg_visible_in_snapshot(${auditEvents.transactionId}::text::xid8, ${snapshot}::pg_snapshot)
    ) as changed`)
  return found?.changed === false
}

/** The smallest UUIDv7 that can be made at a moment: ids of entries are made in the order of time. */
function firstIdAt(ms: number): string {
  const time = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}
