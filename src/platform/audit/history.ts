import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { keptQuery, type ValueOf } from '#db/kept-query.ts'
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
  const { kind, id } = subject
  const events =
    before === undefined
      ? await newest(database, { kind, id, limit })
      : await olderThan(database, { kind, id, limit, before })
  return events.map((event) => ({ ...event, at: Temporal.Instant.from(event.at) }))
}

interface Asked extends Readonly<Record<string, unknown>> {
  readonly kind: string
  readonly id: string
  readonly limit: number
}

const newest = keptQuery<Asked>()((database, value) => select(database, value, undefined))

const olderThan = keptQuery<Asked & { readonly before: string }>()((database, value) => {
  const cursor = database
    .select({ at: auditEvents.at, id: auditEvents.id })
    .from(auditEvents)
    .where(and(ofSubject(value), eq(auditEvents.id, value('before'))))
  return select(database, value, sql`(${auditEvents.at}, ${auditEvents.id}) < (${cursor})`)
})

const ofSubject = (value: ValueOf<Asked>) =>
  and(eq(auditEvents.subjectKind, value('kind')), eq(auditEvents.subjectId, value('id')))

function select(database: Queryable, value: ValueOf<Asked>, before: SQL | undefined) {
  const { field, before: was, after, salt } = auditChanges
  const ofEvent = sql`${auditChanges.eventId} = ${auditEvents.id}`
  return database
    .select({
      id: auditEvents.id,
      at: auditEvents.at,
      actorKind: auditEvents.actorKind,
      actorId: auditEvents.actorId,
      action: auditEvents.action,
      changes: sql<readonly HistoryChange[]>`(
        select coalesce(jsonb_agg(
          jsonb_build_object('field', ${field}, 'before', ${was}, 'after', ${after}, 'erased', ${salt} is null)
          order by ${field}), '[]')
        from ${auditChanges} where ${ofEvent})`,
    })
    .from(auditEvents)
    .where(and(ofSubject(value), before))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(value('limit'))
}
