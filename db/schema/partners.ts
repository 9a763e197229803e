import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  check,
  doublePrecision,
  index,
  pgTable,
  primaryKey as compositeKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, partialDate, primaryKey, version } from './columns.ts'
import { textField, textRow } from './texts.ts'

export type RecordState = 'draft' | 'published' | 'archived'

const established = partialDate('established')

export const partners = pgTable(
  'partners',
  {
    id: primaryKey(),
    slug: text('slug').notNull().unique(),
    oldSlugs: text('old_slugs').array().notNull().default([]),
    version: version(),
    state: text('state').$type<RecordState>().notNull(),
    kind: text('kind').notNull(),
    side: text('side').notNull(),
    standing: text('standing').notNull(),
    country: text('country').notNull(),
    city: text('city'),
    website: text('website'),
    established: established.date,
    establishedPrecision: established.precision,
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    locationPrecision: text('location_precision'),
    ror: text('ror'),
    acronyms: text('acronyms').array().notNull().default([]),
    parentId: uuid('parent_id').references((): AnyPgColumn => partners.id),
    fields: text('fields').array().notNull().default([]),
    sourceLocale: text('source_locale').notNull(),
    sources: text('sources').array().notNull().default([]),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('partners_country').on(table.country),
    check('partners_state', sql`${table.state} in ('draft', 'published', 'archived')`),
    check('partners_side', sql`${table.side} in ('yunnan', 'china', 'abroad')`),
    check('partners_standing', sql`${table.standing} in ('listed', 'confirmed')`),
  ],
)

const name = textField('name')
const summary = textField('summary')

export const partnerTexts = pgTable(
  'partner_texts',
  {
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => partners.id, { onDelete: 'cascade' }),
    ...textRow(),
    name: name.value,
    nameStatus: name.status,
    nameSourceHash: name.sourceHash,
    summary: summary.value,
    summaryStatus: summary.status,
    summarySourceHash: summary.sourceHash,
  },
  (table) => [compositeKey({ columns: [table.partnerId, table.locale] })],
)
