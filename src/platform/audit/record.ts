import { randomBytes } from 'node:crypto'
import type { Transaction } from '#db/client.ts'
import { insertRows } from '#db/insert-rows.ts'
import { auditChanges, auditEvents } from '#db/schema/index.ts'
import { newId } from '#platform/ids.ts'
import { canonicalJson, type Change, commitment } from './canonical.ts'

/** Who did it. A visitor changes nothing, so there is none here. */
export type AuditActor =
  { readonly kind: 'user'; readonly id: string } | { readonly kind: 'system' } | { readonly kind: 'command_line' }

export interface AuditEntry {
  /** What was done, `{subject}.{verb}`: `agreement.edit`. */
  readonly action: string
  readonly subject: { readonly kind: string; readonly id: string | null }
  readonly at: Temporal.Instant
  readonly changes?: readonly Change[]
}

/**
 * Writes what somebody did, in the transaction that does it. A field whose value stays the same is left out.
 * Returns the event's id.
 */
export async function recordAudit(tx: Transaction, actor: AuditActor, entry: AuditEntry): Promise<string> {
  const [id] = await recordAuditAll(tx, actor, [entry])
  if (id === undefined) throw new Error('nothing was recorded')
  return id
}

const saltBytes = 16

/** Writes many events at once, for imports. Returns their ids in order. */
export async function recordAuditAll(
  tx: Transaction,
  actor: AuditActor,
  entries: readonly AuditEntry[],
): Promise<string[]> {
  const events = entries.map((entry) => ({
    id: newId(),
    at: entry.at.toString(),
    actorKind: actor.kind,
    actorId: actor.kind === 'user' ? actor.id : null,
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
  }))
  const changed = entries.flatMap((entry, index) =>
    (entry.changes ?? []).filter(isChange).map((change) => ({ eventId: events[index]!.id, change })),
  )
  // Asked for at once: thousands of small draws cost an import seconds.
  const salts = randomBytes(saltBytes * changed.length).toString('hex')
  const changes = changed.map(({ eventId, change }, index) => {
    const salt = salts.slice(index * saltBytes * 2, (index + 1) * saltBytes * 2)
    return { eventId, ...change, salt, commitment: commitment(change, salt) }
  })
  await insertRows(tx, auditEvents, events)
  await insertRows(tx, auditChanges, changes)
  return events.map((event) => event.id)
}

function isChange({ before, after }: Change): boolean {
  return canonicalJson(before) !== canonicalJson(after)
}
