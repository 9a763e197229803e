import { index, integer, jsonb, pgTable, primaryKey as compositeKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, primaryKey } from './columns.ts'

/** Facts about this database as a whole: the organisation that runs the site, the mark of a demonstration. */
export const hubSettings = pgTable('hub_settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

/** Countries, regions, places, fields of work and terms of the glossary: codes with their names in five languages. */
export const vocabularies = pgTable(
  'vocabularies',
  {
    kind: text('kind').$type<'country' | 'region' | 'place' | 'field' | 'term'>().notNull(),
    code: text('code').notNull(),
    position: integer('position').notNull(),
    content: jsonb('content').notNull(),
  },
  (table) => [compositeKey({ columns: [table.kind, table.code] })],
)

/** Editorial pages (about, policy), as Markdown, a row a locale. */
export const pages = pgTable(
  'pages',
  {
    slug: text('slug').notNull(),
    locale: text('locale').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    status: text('status').notNull(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [compositeKey({ columns: [table.slug, table.locale] })],
)

/** Former words of a translated field: what it said, in which status, until when. */
export const textRevisions = pgTable(
  'text_revisions',
  {
    id: primaryKey(),
    recordKind: text('record_kind').notNull(),
    recordId: uuid('record_id').notNull(),
    locale: text('locale').notNull(),
    field: text('field').notNull(),
    value: text('value'),
    status: text('status'),
    replacedAt: instant('replaced_at').notNull(),
    replacedBy: uuid('replaced_by'),
  },
  (table) => [index('text_revisions_record').on(table.recordKind, table.recordId, table.locale, table.field)],
)
