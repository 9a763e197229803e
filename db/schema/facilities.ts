import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  check,
  integer,
  jsonb,
  pgTable,
  primaryKey as compositeKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, partialDate, primaryKey, version } from './columns.ts'
import type { NamesByLanguage } from './labs.ts'
import { partners, type RecordState } from './partners.ts'
import { textField, textRow } from './texts.ts'

const established = partialDate('established')

export const facilities = pgTable(
  'facilities',
  {
    id: primaryKey(),
    slug: text('slug').notNull().unique(),
    oldSlugs: text('old_slugs').array().notNull().default([]),
    version: version(),
    state: text('state').$type<RecordState>().notNull(),
    kind: text('kind').notNull(),
    stage: text('stage').notNull(),
    position: integer('position').notNull(),
    parentId: uuid('parent_id').references((): AnyPgColumn => facilities.id),
    city: text('city'),
    website: text('website'),
    established: established.date,
    establishedPrecision: established.precision,
    fields: text('fields').array().notNull().default([]),
    sourceLocale: text('source_locale').notNull(),
    sources: text('sources').array().notNull().default([]),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [check('facilities_state', sql`${table.state} in ('draft', 'published', 'archived')`)],
)

const name = textField('name')
const summary = textField('summary')

export const facilityTexts = pgTable(
  'facility_texts',
  {
    facilityId: uuid('facility_id')
      .notNull()
      .references(() => facilities.id, { onDelete: 'cascade' }),
    ...textRow(),
    name: name.value,
    nameStatus: name.status,
    nameSourceHash: name.sourceHash,
    summary: summary.value,
    summaryStatus: summary.status,
    summarySourceHash: summary.sourceHash,
  },
  (table) => [compositeKey({ columns: [table.facilityId, table.locale] })],
)

export const facilityHosts = pgTable(
  'facility_hosts',
  {
    facilityId: uuid('facility_id')
      .notNull()
      .references(() => facilities.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    partnerId: uuid('partner_id').references(() => partners.id),
    names: jsonb('names').$type<NamesByLanguage>(),
    country: text('country'),
  },
  (table) => [
    compositeKey({ columns: [table.facilityId, table.position] }),
    check('facility_hosts_partner_or_names', sql`num_nonnulls(${table.partnerId}, ${table.names}) = 1`),
  ],
)
