import { date, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { instant, primaryKey, version } from './columns.ts'

/** Something chosen for a brief: the id of a record, or the code of a country. */
export interface SelectionItem {
  readonly kind: 'partner' | 'lab' | 'facility' | 'country' | 'agreement'
  readonly id: string
}

/** What a selection says, whoever keeps it. Order matters, and there are never more than a few hundred items. */
const contents = {
  title: text('title').notNull().default(''),
  startsOn: date('starts_on', { mode: 'string' }),
  endsOn: date('ends_on', { mode: 'string' }),
  /** Of the brief; null: the language of whoever asks. */
  firstLanguage: text('first_language'),
  secondLanguage: text('second_language'),
  items: jsonb('items').$type<readonly SelectionItem[]>().notNull().default([]),
}

/** What a visitor of the site put together for a brief, without an account. */
export const briefSelections = pgTable(
  'brief_selections',
  {
    id: primaryKey(),
    version: version(),
    /** SHA-256 of what the visitor's cookie holds: a stolen table opens no selection. */
    secretHash: text('secret_hash').notNull(),
    /** Whoever has it may read and copy the selection. */
    shareCode: text('share_code').notNull(),
    ...contents,
    /** Of the form that was done last: sent twice, it is done once. */
    lastToken: uuid('last_token'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('brief_selections_secret').on(table.secretHash),
    uniqueIndex('brief_selections_share').on(table.shareCode),
    index('brief_selections_expiry').on(table.expiresAt),
  ],
)

/** A selection that staff keep under a name, to use it again. */
export const keptSelections = pgTable(
  'kept_selections',
  {
    id: primaryKey(),
    version: version(),
    name: text('name').notNull(),
    /** For the office alone. */
    notes: text('notes'),
    ...contents,
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
    updatedBy: uuid('updated_by').references(() => users.id),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [uniqueIndex('kept_selections_name').on(table.name)],
)
