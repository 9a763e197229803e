import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey as compositeKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { agreements } from './agreements.ts'
import { instant, primaryKey, version } from './columns.ts'

/** What an agreement says about its own reminders; where there is no row, the office's rules hold. */
export const agreementReminderRules = pgTable('agreement_reminder_rules', {
  agreementId: uuid('agreement_id')
    .primaryKey()
    .references(() => agreements.id, { onDelete: 'cascade' }),
  version: version(),
  /** Days by kind, for the kinds that differ from the office's. */
  rules: jsonb('rules').$type<Record<string, readonly number[]>>().notNull(),
  /** Whether the parties' contacts are reminded too, each in its language. */
  toPartners: boolean('to_partners').notNull().default(false),
})

/**
 * A reminder that was made: about what, of which day, so many days before it (or after it, where negative). The key
 * lets each be made once, whoever makes it.
 */
export const reminders = pgTable(
  'reminders',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    /** What of the agreement it is about: a milestone's id, a reviewer's place; empty for the agreement itself. */
    subject: text('subject').notNull(),
    /** The day that it reminds of. */
    due: date('due', { mode: 'string' }).notNull(),
    days: integer('days').notNull(),
    /** Another of the same matter came up at the same time and is nearer: this one was sent to nobody. */
    overtaken: boolean('overtaken').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (table) => [
    uniqueIndex('reminders_once').on(table.agreementId, table.kind, table.subject, table.due, table.days),
    index('reminders_made').on(table.madeAt.desc(), table.id),
  ],
)

/** A reminder on its way to somebody: by mail to a member of staff or a party's contact, or to the office's chat. */
export const reminderDeliveries = pgTable(
  'reminder_deliveries',
  {
    id: primaryKey(),
    reminderId: uuid('reminder_id')
      .notNull()
      .references(() => reminders.id, { onDelete: 'cascade' }),
    channel: text('channel').$type<'mail' | 'chat'>().notNull(),
    /** The member of staff; null for a party's contact and for the chat. */
    userId: uuid('user_id').references(() => users.id),
    /** Address of a party's contact, as it was when the reminder was made. */
    address: text('address'),
    locale: text('locale').notNull(),
    /** `dropped`: it was pointless by the time it could go: settled, or no longer theirs to see. */
    state: text('state').$type<'waiting' | 'sent' | 'failed' | 'dropped'>().notNull().default('waiting'),
    notBefore: instant('not_before').notNull(),
    attempts: integer('attempts').notNull().default(0),
    firstTriedAt: instant('first_tried_at'),
    /** What the server answered, for whoever mends it. */
    problem: text('problem'),
    settledAt: instant('settled_at'),
    /** Somebody has seen that it failed. */
    seenBy: uuid('seen_by').references(() => users.id),
  },
  (table) => [
    uniqueIndex('reminder_deliveries_once').on(
      table.reminderId,
      table.channel,
      sql`coalesce(${table.userId}::text, ${table.address}, '')`,
    ),
    index('reminder_deliveries_user').on(table.userId, table.reminderId),
    index('reminder_deliveries_waiting')
      .on(table.notBefore)
      .where(sql`state = 'waiting'`),
    index('reminder_deliveries_failed')
      .on(table.settledAt)
      .where(sql`state = 'failed' and seen_by is null`),
    check('reminder_deliveries_channel', sql`${table.channel} in ('mail', 'chat')`),
    check('reminder_deliveries_state', sql`${table.state} in ('waiting', 'sent', 'failed', 'dropped')`),
    check(
      'reminder_deliveries_recipient',
      sql`num_nonnulls(${table.userId}, ${table.address}) = (case ${table.channel} when 'mail' then 1 else 0 end)`,
    ),
  ],
)

/** Reminders that a member of staff has done with. */
export const reminderReadings = pgTable(
  'reminder_readings',
  {
    reminderId: uuid('reminder_id')
      .notNull()
      .references(() => reminders.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
  },
  (table) => [compositeKey({ columns: [table.reminderId, table.userId] })],
)
