import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey as compositeKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { agreements } from './agreements.ts'
import { instant, primaryKey } from './columns.ts'
import { facilities } from './facilities.ts'
import { partners } from './partners.ts'

/** Earlier and later agreements: `agreementId` follows, replaces or implements `otherId`. */
export const agreementLinks = pgTable(
  'agreement_links',
  {
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    otherId: uuid('other_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'follows' | 'replaces' | 'implements'>().notNull(),
  },
  (table) => [
    compositeKey({ columns: [table.agreementId, table.otherId] }),
    index('agreement_links_other').on(table.otherId),
    check('agreement_links_not_itself', sql`${table.agreementId} <> ${table.otherId}`),
  ],
)

export const agreementFacilities = pgTable(
  'agreement_facilities',
  {
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    facilityId: uuid('facility_id')
      .notNull()
      .references(() => facilities.id),
  },
  (table) => [compositeKey({ columns: [table.agreementId, table.facilityId] })],
)

/** The people who may see a confidential agreement. */
export const agreementReaders = pgTable(
  'agreement_readers',
  {
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (table) => [
    compositeKey({ columns: [table.agreementId, table.userId] }),
    index('agreement_readers_user').on(table.userId),
  ],
)

/** Partners whose accounts may read an agreement that they are party to. */
export const agreementShares = pgTable(
  'agreement_shares',
  {
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => partners.id),
    sharedBy: uuid('shared_by').references(() => users.id),
    sharedAt: instant('shared_at').notNull(),
  },
  (table) => [compositeKey({ columns: [table.agreementId, table.partnerId] })],
)

/** A list as somebody filtered and sorted it, under a name. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** The query part of the list's address. */
    query: text('query').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [uniqueIndex('saved_views_name').on(table.userId, table.name)],
)
