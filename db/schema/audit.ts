import { sql } from 'drizzle-orm'
import { bigint, index, pgTable, primaryKey as compositeKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, jsonValue, primaryKey } from './columns.ts'

/** One thing that somebody did to one record, written in the transaction that did it. Append-only. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: primaryKey(),
    at: instant('at').notNull(),
    /** Who: a user's id, or null where `actorKind` is the system or the command line. */
    actorId: uuid('actor_id'),
    actorKind: text('actor_kind').$type<'user' | 'system' | 'command_line'>().notNull(),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: uuid('subject_id'),
    /** Transaction that wrote the row; the sealer takes only rows that no open transaction can precede. */
    transactionId: bigint('transaction_id', { mode: 'bigint' })
      .notNull()
      .default(sql`(pg_current_xact_id()::text)::bigint`),
  },
  (table) => [
    index('audit_events_subject').on(table.subjectKind, table.subjectId, table.at),
    index('audit_events_at').on(table.at),
  ],
)

/**
 * Which field went from what to what. `commitment` is SHA-256 over the salt and both values: seals are made over
 * commitments, so that a person's data can be erased here (values and salt) and the chain still holds.
 */
export const auditChanges = pgTable(
  'audit_changes',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => auditEvents.id),
    field: text('field').notNull(),
    before: jsonValue('before'),
    after: jsonValue('after'),
    salt: text('salt'),
    commitment: text('commitment').notNull(),
  },
  (table) => [compositeKey({ columns: [table.eventId, table.field] })],
)

/** The chain: each row seals one event and carries the hash of the row before it. */
export const auditSeals = pgTable('audit_seals', {
  sequence: bigint('sequence', { mode: 'number' }).primaryKey(),
  eventId: uuid('event_id')
    .notNull()
    .unique()
    .references(() => auditEvents.id),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
  sealedAt: instant('sealed_at').notNull(),
})
