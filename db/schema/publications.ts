import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, primaryKey } from './columns.ts'

export type PublicationKind = 'partner' | 'lab' | 'facility' | 'agreement'

/**
 * What the public sees: an immutable snapshot of a record, made by publishing or releasing it. The newest one that
 * is not withdrawn is current. The columns beside `content` exist for filters, counts and links.
 */
export const publications = pgTable(
  'publications',
  {
    id: primaryKey(),
    kind: text('kind').$type<PublicationKind>().notNull(),
    recordId: uuid('record_id').notNull(),
    slug: text('slug').notNull(),
    oldSlugs: text('old_slugs').array().notNull().default([]),
    /** 1, 2, 3 … for one record. */
    edition: integer('edition').notNull(),
    publishedAt: instant('published_at').notNull(),
    publishedBy: uuid('published_by'),
    /** Set when a newer edition took its place, or when it was withdrawn from the public. */
    supersededAt: instant('superseded_at'),
    withdrawnAt: instant('withdrawn_at'),
    recordKind: text('record_kind').notNull(),
    side: text('side'),
    countries: text('countries').array().notNull().default([]),
    fields: text('fields').array().notNull().default([]),
    /** Ids of the partners and labs that the record names as hosts, parties or subjects. */
    partnerIds: uuid('partner_ids').array().notNull().default([]),
    labIds: uuid('lab_ids').array().notNull().default([]),
    sortDate: text('sort_date'),
    position: integer('position').notNull().default(0),
    content: jsonb('content').notNull(),
  },
  (table) => [
    uniqueIndex('publications_edition').on(table.kind, table.recordId, table.edition),
    uniqueIndex('publications_current')
      .on(table.kind, table.recordId)
      .where(sql`superseded_at is null and withdrawn_at is null`),
    uniqueIndex('publications_current_slug')
      .on(table.kind, table.slug)
      .where(sql`superseded_at is null and withdrawn_at is null`),
    index('publications_partners').using('gin', table.partnerIds),
    index('publications_labs').using('gin', table.labIds),
    check('publications_kind', sql`${table.kind} in ('partner', 'lab', 'facility', 'agreement')`),
  ],
)
