import { sql } from 'drizzle-orm'
import { check, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { instant } from './columns.ts'

/** The calendar feeds of members of staff, one each: whoever has the address reads it without a session. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token in the address: a stolen table opens no feed. */
    tokenHash: text('token_hash').notNull().unique(),
    /** `own`: what the person is responsible for or recorded; `all`: whatever the person may see. */
    holds: text('holds').$type<'own' | 'all'>().notNull(),
    /** Of the page on which it was made; the language that the person chose for the account goes before it. */
    locale: text('locale').notNull(),
    madeAt: instant('made_at').notNull(),
    /** About when it was read last, to the hour. */
    lastReadAt: instant('last_read_at'),
  },
  (table) => [check('calendar_feeds_holds', sql`${table.holds} in ('own', 'all')`)],
)
