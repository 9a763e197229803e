import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, primaryKey } from './columns.ts'

/**
 * The certificates that briefs are or were signed with. None is ever removed: files go on showing them.
 */
export const signingCertificates = pgTable(
  'signing_certificates',
  {
    /** SHA-256 of the certificate, as hexadecimal digits. */
    fingerprint: text('fingerprint').primaryKey(),
    /** PEM */
    certificate: text('certificate').notNull(),
    /** `made` by the site itself, or `given` by its operator. */
    origin: text('origin').$type<'made' | 'given'>().notNull(),
    /** The key of one that was made, encrypted under SECRET_KEY; never that of one that was given. */
    sealedKey: text('sealed_key'),
    firstUsedAt: instant('first_used_at').notNull(),
    /** When it was given up, since its key could not be opened any more. */
    retiredAt: instant('retired_at'),
  },
  (table) => [
    uniqueIndex('signing_certificates_made')
      .on(table.origin)
      .where(sql`origin = 'made' and retired_at is null`),
    check('signing_certificates_origin', sql`${table.origin} in ('made', 'given')`),
    check('signing_certificates_key', sql`(${table.origin} = 'made') = (${table.sealedKey} is not null)`),
  ],
)

/** A record that is not public, as a brief of the office saw it. */
export interface OfficeRecordState {
  readonly kind: string
  readonly id: string
  readonly version: number
}

/** What asks for the same brief once more, so that one can see whether it would still be the same. */
export interface BriefRecipe {
  readonly [name: string]: unknown
}

/** The register of issued briefs: one entry for each that says something else. */
export const issuedBriefs = pgTable(
  'issued_briefs',
  {
    id: primaryKey(),
    /** Without hyphens. */
    code: text('code').notNull().unique(),
    /** SHA-256 of what it says, without the day of issue. */
    contentKey: text('content_key').notNull().unique(),
    kind: text('kind').notNull(),
    /** Empty for those of the office. */
    title: text('title').notNull(),
    languages: text('languages').array().notNull(),
    isInternal: boolean('is_internal').notNull().default(false),
    firstIssuedAt: instant('first_issued_at').notNull(),
    /** When it was last found to say what the records say. */
    confirmedAt: instant('confirmed_at').notNull(),
    /** The public record that it is about, where it is about one: its title is public as long as this is. */
    subjectId: uuid('subject_id'),
    /** The editions of the public records that it was made from. */
    editions: uuid('editions').array().notNull().default([]),
    /** Records that are not public. */
    officeRecords: jsonb('office_records').$type<readonly OfficeRecordState[]>().notNull().default([]),
    recipe: jsonb('recipe').$type<BriefRecipe>(),
  },
  (table) => [check('issued_briefs_title', sql`not (${table.isInternal} and ${table.title} <> '')`)],
)

/**
 * The files of an issued brief. One as a rule; more where the same words were laid out by a newer Yunqiao, or signed
 * with another certificate.
 */
export const issuedBriefFiles = pgTable(
  'issued_brief_files',
  {
    sha256: text('sha256').primaryKey(),
    briefId: uuid('brief_id')
      .notNull()
      .references(() => issuedBriefs.id),
    sizeBytes: integer('size_bytes').notNull(),
    /** Fingerprint. */
    certificate: text('certificate')
      .notNull()
      .references(() => signingCertificates.fingerprint),
    madeAt: instant('made_at').notNull(),
  },
  (table) => [index('issued_brief_files_brief').on(table.briefId)],
)
