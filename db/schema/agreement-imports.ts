import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey as compositeKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { storedFiles } from './agreement-papers.ts'
import { agreements } from './agreements.ts'
import { instant, jsonValue, primaryKey, version } from './columns.ts'

/** A spreadsheet on its way into the register: a batch of rows that are checked, mended and committed. */
export const agreementImports = pgTable(
  'agreement_imports',
  {
    id: primaryKey(),
    version: version(),
    /**
     * `reading` the file, `mapping` its columns, `checking` its rows, `checked`: ready to be mended and committed;
     * `failed`: the file cannot be read.
     */
    state: text('state').$type<'reading' | 'mapping' | 'checking' | 'checked' | 'failed'>().notNull(),
    fileName: text('file_name').notNull(),
    sha256: text('sha256').references(() => storedFiles.sha256),
    format: text('format').notNull(),
    encoding: text('encoding'),
    /** Days of the spreadsheet are counted from 1904. */
    date1904: boolean('date_1904').notNull().default(false),
    sheets: jsonb('sheets').$type<{ name: string; hidden: boolean }[]>().notNull(),
    /** The one that is read. */
    sheet: text('sheet').notNull(),
    /** First row of headings, from 1, and how many there are; 0 while nobody knows. */
    headerRow: integer('header_row').notNull().default(0),
    headerRows: integer('header_rows').notNull().default(1),
    headings: text('headings').array().notNull().default([]),
    /** What is done with the columns: checked by the room's own schema. */
    settings: jsonValue('settings').notNull(),
    /** Formulas, empty rows and merged cells that were found. */
    findings: jsonb('findings').$type<{ formulas: number; emptyRows: number; merged: number }>(),
    failure: jsonb('failure').$type<{ code: string; params: Record<string, string | number> }>(),
    /** A row is for the people named alone: then so is the batch. Not known before it is checked. */
    confidential: boolean('confidential').notNull().default(true),
    secrecyDeclaredBy: uuid('secrecy_declared_by').references(() => users.id),
    secrecyDeclaredAt: instant('secrecy_declared_at'),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('agreement_imports_created').on(table.createdAt.desc(), table.id),
    index('agreement_imports_sha256').on(table.sha256),
    check('agreement_imports_state', sql`${table.state} in ('reading', 'mapping', 'checking', 'checked', 'failed')`),
  ],
)

/** A row of the file, as it stands in it or as it was mended since. */
export const agreementImportRows = pgTable(
  'agreement_import_rows',
  {
    importId: uuid('import_id').notNull(),
    /** As the spreadsheet counts, from 1. */
    number: integer('number').notNull(),
    cells: text('cells').array().notNull(),
    /**
     * `unchecked`, `ready`, `wrong`; `same`: the register has it already; `done`: committed; `left`: somebody said to
     * leave it out.
     */
    state: text('state').$type<'unchecked' | 'ready' | 'wrong' | 'same' | 'done' | 'left'>().notNull(),
    mended: boolean('mended').notNull().default(false),
    problems: jsonb('problems').$type<{ key: string; code: string; params?: Record<string, string | number> }[]>(),
    referenceKey: text('reference_key'),
    /** Of what the row says, for rows without a number; SHA-256. */
    hash: text('hash'),
    /** The agreement that it became or that is the same. */
    agreementId: uuid('agreement_id').references(() => agreements.id, { onDelete: 'set null' }),
  },
  (table) => [
    compositeKey({ columns: [table.importId, table.number] }),
    foreignKey({ columns: [table.importId], foreignColumns: [agreementImports.id] }).onDelete('cascade'),
    index('agreement_import_rows_state').on(table.importId, table.state, table.number),
    index('agreement_import_rows_reference').on(table.importId, table.referenceKey),
    index('agreement_import_rows_hash').on(table.hash),
    index('agreement_import_rows_agreement').on(table.agreementId),
    check(
      'agreement_import_rows_state',
      sql`${table.state} in ('unchecked', 'ready', 'wrong', 'same', 'done', 'left')`,
    ),
  ],
)

/**
 * How far a batch has come. Apart from the batch, so that it can be told while the batch is locked by the transaction
 * that commits it.
 */
export const agreementImportWork = pgTable('agreement_import_work', {
  importId: uuid('import_id')
    .primaryKey()
    .references(() => agreementImports.id, { onDelete: 'cascade' }),
  stage: text('stage').$type<'read' | 'check' | 'commit'>().notNull(),
  done: integer('done').notNull().default(0),
  /** 0 while nobody knows. */
  total: integer('total').notNull().default(0),
  /** Sign of life: whoever works on it says so again every few seconds. */
  at: instant('at').notNull(),
})

/** How columns with these headings were taken the last time. */
export const agreementImportMappings = pgTable('agreement_import_mappings', {
  /** SHA-256 of the headings, folded. */
  headingsKey: text('headings_key').primaryKey(),
  settings: jsonValue('settings').notNull(),
  updatedBy: uuid('updated_by').references(() => users.id),
  updatedAt: instant('updated_at').notNull(),
})
