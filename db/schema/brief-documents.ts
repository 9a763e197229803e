import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { storedFiles } from './agreement-papers.ts'
import { instant, primaryKey } from './columns.ts'
import { briefSelections, type SelectionItem } from './selections.ts'
import { visits } from './visits.ts'

/** A delegation's brief as it was asked for. */
export interface DelegationOrder {
  readonly kind: 'delegation'
  readonly title: string
  readonly startsOn: string | null
  readonly endsOn: string | null
  /** One, or two side by side. */
  readonly languages: readonly string[]
  readonly items: readonly SelectionItem[]
}

/** A report of the register as it was asked for: the list, not what was in it. */
export interface ReportOrder {
  readonly kind: 'register'
  /** The list's own query, in its one order: the public register's, or the office's where the document has an owner. */
  readonly query: string
  /** One, or two side by side. */
  readonly languages: readonly string[]
}

/** What a document is made from. */
export type DocumentOrder = DelegationOrder | ReportOrder

/** A brief that was asked for, on its way or made: one that nobody would wait for. */
export const briefDocuments = pgTable(
  'brief_documents',
  {
    id: primaryKey(),
    /** In its address; nobody guesses it. */
    code: text('code').notNull(),
    /** Of a visitor's: the selection that it was made from, where that is still kept. */
    selectionId: uuid('selection_id').references(() => briefSelections.id, { onDelete: 'set null' }),
    /** Of the office's: the visit that it is for, which then decides who may have it. */
    visitId: uuid('visit_id').references(() => visits.id, { onDelete: 'cascade' }),
    /** Of the office's: the only person who may have it, since it was made from what this person may see. */
    ownerId: uuid('owner_id').references(() => users.id),
    /** The same for what is the same for the same person: asked for twice while it waits or is made, it is made once. */
    sameKey: text('same_key'),
    order: jsonb('document_order').$type<DocumentOrder>().notNull(),
    state: text('state').$type<'waiting' | 'making' | 'ready' | 'failed'>().notNull(),
    /** Records read, of all; 0 while nobody knows. */
    done: integer('done').notNull().default(0),
    total: integer('total').notNull().default(0),
    /** Sign of life of whoever makes it. */
    workerAt: instant('worker_at'),
    failure: jsonb('failure').$type<{ code: string; params: Readonly<Record<string, string | number>> }>(),
    /** SHA-256 of all that it says: the same words are not laid out twice. */
    contentKey: text('content_key'),
    sha256: text('sha256').references(() => storedFiles.sha256),
    sizeBytes: integer('size_bytes'),
    pages: integer('pages'),
    /** Items that were no longer public when it was made. */
    leftOut: integer('left_out').notNull().default(0),
    requestedBy: uuid('requested_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('brief_documents_code').on(table.code),
    index('brief_documents_waiting').on(table.state, table.createdAt),
    index('brief_documents_content').on(table.contentKey),
    index('brief_documents_selection').on(table.selectionId, table.createdAt),
    index('brief_documents_owner').on(table.ownerId, table.createdAt),
    uniqueIndex('brief_documents_same')
      .on(table.sameKey)
      .where(sql`state in ('waiting', 'making')`),
    index('brief_documents_visit').on(table.visitId, table.createdAt),
    index('brief_documents_sha256').on(table.sha256),
    index('brief_documents_expiry').on(table.expiresAt),
    check('brief_documents_audience', sql`${table.visitId} is null or ${table.ownerId} is null`),
    check('brief_documents_state', sql`${table.state} in ('waiting', 'making', 'ready', 'failed')`),
  ],
)
