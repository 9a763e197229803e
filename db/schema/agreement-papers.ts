import { sql } from 'drizzle-orm'
import {
  bigint,
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
import { instant, primaryKey } from './columns.ts'

/** Files by their content; immutable. The bytes are in the storage under the hash. */
export const storedFiles = pgTable(
  'stored_files',
  {
    sha256: text('sha256').primaryKey(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    /** As the content says, whatever the name claims. */
    mediaType: text('media_type').notNull(),
    /** What a reader should know before opening it: `pdf_javascript`, `macros` … */
    flags: text('flags').array().notNull().default([]),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [check('stored_files_sha256', sql`${table.sha256} ~ '^[0-9a-f]{64}$'`)],
)

/** A paper of an agreement; its versions hold the files. Nothing signed is deleted: it is archived. */
export const agreementDocuments = pgTable(
  'agreement_documents',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    /** `draft`, `signed_copy`, `annex`, `evidence`, `sign_off`, `power_of_attorney`, `other`. */
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    /** The language that it is written in, as a BCP 47 tag. */
    language: text('language'),
    archivedAt: instant('archived_at'),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('agreement_documents_agreement').on(table.agreementId, table.createdAt)],
)

export const documentVersions = pgTable(
  'document_versions',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => agreementDocuments.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    sha256: text('sha256')
      .notNull()
      .references(() => storedFiles.sha256),
    /** The name it was uploaded under. */
    fileName: text('file_name').notNull(),
    uploadedBy: uuid('uploaded_by').references(() => users.id),
    uploadedAt: instant('uploaded_at').notNull(),
  },
  (table) => [
    compositeKey({ columns: [table.documentId, table.version] }),
    index('document_versions_file').on(table.sha256),
  ],
)

/** Seals put to an agreement: which, when, and who approved their use. */
export const agreementSeals = pgTable(
  'agreement_seals',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    partyPosition: integer('party_position'),
    /** `official`, `contract`, `legal_representative`, `other`. */
    kind: text('kind').notNull(),
    sealedOn: date('sealed_on', { mode: 'string' }),
    approvedBy: text('approved_by'),
    note: text('note'),
  },
  (table) => [index('agreement_seals_agreement').on(table.agreementId)],
)

/** Powers of attorney under which somebody signed. */
export const agreementPowers = pgTable(
  'agreement_powers',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    partyPosition: integer('party_position'),
    holder: text('holder').notNull(),
    scope: text('scope'),
    issuedOn: date('issued_on', { mode: 'string' }),
    validUntil: date('valid_until', { mode: 'string' }),
    documentId: uuid('document_id').references(() => agreementDocuments.id),
  },
  (table) => [index('agreement_powers_agreement').on(table.agreementId)],
)

/** Originals on paper: how many, in which language, who holds them, where. */
export const agreementOriginals = pgTable(
  'agreement_originals',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    holder: text('holder').notNull(),
    copies: integer('copies').notNull(),
    language: text('language'),
    place: text('place'),
  },
  (table) => [
    index('agreement_originals_agreement').on(table.agreementId),
    check('agreement_originals_copies', sql`${table.copies} > 0`),
  ],
)

/** Clauses side by side: one row a clause, its words by language. */
export const agreementClauses = pgTable(
  'agreement_clauses',
  {
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    heading: text('heading'),
    words: jsonb('words').$type<Record<string, string>>().notNull(),
  },
  (table) => [compositeKey({ columns: [table.agreementId, table.position] })],
)

/** Notes of staff; people mentioned in them find them on their own page. */
export const agreementNotes = pgTable(
  'agreement_notes',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    body: text('body').notNull(),
    by: uuid('by').references(() => users.id),
    at: instant('at').notNull(),
  },
  (table) => [index('agreement_notes_agreement').on(table.agreementId, table.at)],
)

export const noteMentions = pgTable(
  'note_mentions',
  {
    noteId: uuid('note_id')
      .notNull()
      .references(() => agreementNotes.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    seenAt: instant('seen_at'),
  },
  (table) => [compositeKey({ columns: [table.noteId, table.userId] }), index('note_mentions_user').on(table.userId)],
)

/** Numbers given by a scheme: the last one of each series (`2026`), so that two people never get the same. */
export const referenceSeries = pgTable(
  'reference_series',
  { series: text('series').notNull(), last: integer('last').notNull() },
  (table) => [uniqueIndex('reference_series_series').on(table.series)],
)
