import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { auditChanges, auditEvents } from '#db/schema/index.ts'
import type { AuditValue } from './canonical.ts'

export interface HistoryChange {
  readonly field: string
  readonly before: AuditValue
  readonly after: AuditValue
  /** The values were erased; that the field changed is all that is known. */
  readonly erased: boolean
}

export interface HistoryEvent {
  readonly id: string
  readonly at: Temporal.Instant
  readonly actorKind: 'user' | 'system' | 'command_line'
  readonly actorId: string | null
  readonly action: string
  readonly changes: readonly HistoryChange[]
}

/**
 * What was done to one record, newest first, at most `limit` events.
 * @param before the id of an event of the same record: only what is older than it; nothing for an id of no such event
 */
export async function readHistory(
  database: Queryable,
  subject: { readonly kind: string; readonly id: string },
  limit: number,
  before?: string,
): Promise<HistoryEvent[]> {
  const own = and(eq(auditEvents.subjectKind, subject.kind), eq(auditEvents.subjectId, subject.id))
  const cursor = database
    .select({ at: auditEvents.at, id: auditEvents.id })
    .from(auditEvents)
    .where(and(own, before === undefined ? undefined : eq(auditEvents.id, before)))
  const events = await database
    .select()
    .from(auditEvents)
    .where(and(own, before === undefined ? undefined : sql`(${auditEvents.at}, ${auditEvents.id}) < (${cursor})`))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(limit)
  if (events.length === 0) return []
  const rows = await database
    .select()
    .from(auditChanges)
    .where(
      inArray(
        auditChanges.eventId,
        events.map((event) => event.id),
      ),
    )
    .orderBy(auditChanges.field)
  const changes = Map.groupBy(rows, (row) => row.eventId)
  return events.map((event) => ({
    id: event.id,
    at: Temporal.Instant.from(event.at),
    actorKind: event.actorKind,
    actorId: event.actorId,
    action: event.action,
    changes: (changes.get(event.id) ?? []).map((row) => ({
      field: row.field,
      before: row.before as AuditValue,
      after: row.after as AuditValue,
      erased: row.salt === null,
    })),
  }))
}
