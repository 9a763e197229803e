import { asc, count, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { auditChanges, auditEvents, auditSeals } from '#db/schema/index.ts'
import { commitment, type Change, genesisHash, sealHash } from './canonical.ts'

export interface AuditBreak {
  readonly sequence: number
  /**
   * `sequence`: a seal is missing before this one. `link`: it does not follow from the seal before it.
   * `event`: the event, or the list of its changes, is not what was sealed. `value`: a value is not what was
   * committed to.
   */
  readonly reason: 'sequence' | 'link' | 'event' | 'value'
  readonly eventId: string
  /** With `value`: the field. */
  readonly field?: string
}

export interface AuditReport {
  readonly sealed: number
  readonly unsealed: number
  /** Changes whose values were erased; the chain holds without them. */
  readonly erased: number
  readonly breaks: readonly AuditBreak[]
  /** The last seal. Kept elsewhere, it shows later whether the end of the chain was cut off. */
  readonly head: { readonly sequence: number; readonly hash: string } | null
}

const sealsAtOnce = 1000

/** Recomputes the whole chain from what the tables hold, in memory that does not grow with its length. */
export async function verifyAudit(database: Queryable): Promise<AuditReport> {
  const breaks: AuditBreak[] = []
  let sealed = 0
  let erased = 0
  let head = { sequence: 0, hash: genesisHash }
  for (;;) {
    const rows = await database
      .select({ seal: auditSeals, event: auditEvents })
      .from(auditSeals)
      .innerJoin(auditEvents, eq(auditEvents.id, auditSeals.eventId))
      .where(gt(auditSeals.sequence, head.sequence))
      .orderBy(asc(auditSeals.sequence))
      .limit(sealsAtOnce)
    const changes = await changesOf(
      database,
      rows.map(({ event }) => event.id),
    )
    for (const { seal, event } of rows) {
      const own = changes.get(event.id) ?? []
      const found = (reason: AuditBreak['reason'], field?: string) =>
        breaks.push({ sequence: seal.sequence, reason, eventId: event.id, ...(field === undefined ? {} : { field }) })
      if (seal.sequence !== head.sequence + 1) found('sequence')
      else if (seal.previousHash !== head.hash) found('link')
      if (sealHash(seal.sequence, seal.previousHash, { ...event, commitments: own }) !== seal.hash) found('event')
      for (const change of own) {
        if (isErased(change)) erased += 1
        else if (commitment(change as Change, change.salt ?? '') !== change.commitment) found('value', change.field)
      }
      head = { sequence: seal.sequence, hash: seal.hash }
    }
    sealed += rows.length
    if (rows.length < sealsAtOnce) break
  }
  return { sealed, unsealed: await countUnsealed(database), erased, breaks, head: sealed === 0 ? null : head }
}

/** How many events the sealer has not come to yet. */
export async function countUnsealed(database: Queryable): Promise<number> {
  const [row] = await database
    .select({ unsealed: count() })
    .from(auditEvents)
    .leftJoin(auditSeals, eq(auditSeals.eventId, auditEvents.id))
    .where(isNull(auditSeals.eventId))
  return row?.unsealed ?? 0
}

type ChangeRow = typeof auditChanges.$inferSelect

async function changesOf(database: Queryable, eventIds: string[]): Promise<Map<string, ChangeRow[]>> {
  if (eventIds.length === 0) return new Map()
  const rows = await database.select().from(auditChanges).where(inArray(auditChanges.eventId, eventIds))
  return Map.groupBy(rows, (row) => row.eventId)
}

function isErased({ salt, before, after }: ChangeRow): boolean {
  return salt === null && before === null && after === null
}
