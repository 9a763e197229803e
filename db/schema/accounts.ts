import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey as compositeKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, primaryKey, version } from './columns.ts'

export const users = pgTable(
  'users',
  {
    id: primaryKey(),
    version: version(),
    /** Lower case, as it is typed to sign in. */
    email: text('email').notNull().unique(),
    name: text('name'),
    passwordHash: text('password_hash').notNull(),
    state: text('state').$type<'active' | 'disabled'>().notNull().default('active'),
    locale: text('locale'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    check('users_state', sql`${table.state} in ('active', 'disabled')`),
    check('users_email_lower', sql`${table.email} = lower(${table.email})`),
  ],
)

export const userRoles = pgTable(
  'user_roles',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role').notNull(),
  },
  (table) => [compositeKey({ columns: [table.userId, table.role] })],
)

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the session id that the cookie holds: a stolen table opens no session. */
    id: text('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('sessions_user').on(table.userId), index('sessions_expiry').on(table.expiresAt)],
)

/** Attempts within a window, by a keyed hash of the account or of the address that they came from. */
export const throttles = pgTable('throttles', {
  key: text('key').primaryKey(),
  attempts: integer('attempts').notNull(),
  windowStart: instant('window_start').notNull(),
})

/** Steps of forms that were done: the same token sent again answers with the same result and does nothing. */
export const formSteps = pgTable(
  'form_steps',
  {
    token: uuid('token').primaryKey(),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    action: text('action').notNull(),
    /** Where the person was sent after the step. */
    outcome: text('outcome').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (table) => [index('form_steps_at').on(table.at)],
)
