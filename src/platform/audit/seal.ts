import { asc, desc, inArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { insertRows } from '#db/insert-rows.ts'
import { auditChanges, auditEvents, auditSeals } from '#db/schema/index.ts'
import type { Clock } from '#platform/clock.ts'
import { genesisHash, type SealedEvent, sealHash } from './canonical.ts'

/** Key of the advisory lock that the one sealer at a time holds: "seal" in ASCII. */
const sealerLock = 0x7365616c

/** Each batch looks for what is not sealed among all events, so that after a large import many small ones take hours. */
const eventsAtOnce = 10_000

/**
 * Appends what was committed to the chain, in the order of the transactions, and returns how many events that were.
 * An event waits while a transaction that may have begun before its own is open: nothing can come to lie before a
 * seal afterwards. Does nothing while another process seals.
 */
export async function sealAudit(database: Database, clock: Clock): Promise<number> {
  let sealed = 0
  for (;;) {
    const count = await database.transaction((tx) => sealBatch(tx, clock))
    sealed += count
    if (count < eventsAtOnce) return sealed
  }
}

async function sealBatch(tx: Transaction, clock: Clock): Promise<number> {
  const [lock] = await tx.execute<{ held: boolean }>(sql`select pg_try_advisory_xact_lock(${sealerLock}) as held`)
  if (lock?.held !== true) return 0
  const events = await sealable(tx)
  if (events.length === 0) return 0
  const [head] = await tx.select().from(auditSeals).orderBy(desc(auditSeals.sequence)).limit(1)
  let sequence = head?.sequence ?? 0
  let previousHash = head?.hash ?? genesisHash
  const sealedAt = clock.now().toString()
  const seals = events.map((event) => {
    sequence += 1
    const hash = sealHash(sequence, previousHash, event)
    const seal = { sequence, eventId: event.id, previousHash, hash, sealedAt }
    previousHash = hash
    return seal
  })
  await insertRows(tx, auditSeals, seals)
  return seals.length
}

/**
 * Events below the snapshot's xmin: every transaction up to there has ended. Those at or above its xmax were brought
 * here from another server (a restored backup), so nothing on this one can precede them either.
 */
async function sealable(tx: Transaction): Promise<SealedEvent[]> {
  const ended = sql`(
    ${auditEvents.transactionId} < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    or ${auditEvents.transactionId} >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
  )`
  const unsealed = sql`not exists (select from ${auditSeals} where ${auditSeals.eventId} = ${auditEvents.id})`
  const events = await tx
    .select()
    .from(auditEvents)
    .where(sql`${ended} and ${unsealed}`)
    .orderBy(asc(auditEvents.transactionId), asc(auditEvents.id))
    .limit(eventsAtOnce)
  if (events.length === 0) return []
  const commitments = Map.groupBy(
    await tx
      .select({ eventId: auditChanges.eventId, field: auditChanges.field, commitment: auditChanges.commitment })
      .from(auditChanges)
      .where(
        inArray(
          auditChanges.eventId,
          events.map((event) => event.id),
        ),
      ),
    (change) => change.eventId,
  )
  return events.map((event) => ({ ...event, commitments: commitments.get(event.id) ?? [] }))
}
