import { sql } from 'drizzle-orm'
import { check, integer, jsonb, pgTable, primaryKey as compositeKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, partialDate, primaryKey, version } from './columns.ts'
import { partners, type RecordState } from './partners.ts'
import { textField, textRow } from './texts.ts'

/** A name by language: for hosts and parties that have no profile. */
export type NamesByLanguage = Record<string, string>

const started = partialDate('started')
const inaugurated = partialDate('inaugurated')

export const labs = pgTable(
  'labs',
  {
    id: primaryKey(),
    slug: text('slug').notNull().unique(),
    oldSlugs: text('old_slugs').array().notNull().default([]),
    version: version(),
    state: text('state').$type<RecordState>().notNull(),
    kind: text('kind').notNull(),
    stage: text('stage').notNull(),
    countries: text('countries').array().notNull().default([]),
    cities: text('cities').array().notNull().default([]),
    started: started.date,
    startedPrecision: started.precision,
    inaugurated: inaugurated.date,
    inauguratedPrecision: inaugurated.precision,
    fields: text('fields').array().notNull().default([]),
    sourceLocale: text('source_locale').notNull(),
    sources: text('sources').array().notNull().default([]),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [check('labs_state', sql`${table.state} in ('draft', 'published', 'archived')`)],
)

const name = textField('name')
const summary = textField('summary')

export const labTexts = pgTable(
  'lab_texts',
  {
    labId: uuid('lab_id')
      .notNull()
      .references(() => labs.id, { onDelete: 'cascade' }),
    ...textRow(),
    name: name.value,
    nameStatus: name.status,
    nameSourceHash: name.sourceHash,
    summary: summary.value,
    summaryStatus: summary.status,
    summarySourceHash: summary.sourceHash,
  },
  (table) => [compositeKey({ columns: [table.labId, table.locale] })],
)

export const labHosts = pgTable(
  'lab_hosts',
  {
    labId: uuid('lab_id')
      .notNull()
      .references(() => labs.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    partnerId: uuid('partner_id').references(() => partners.id),
    names: jsonb('names').$type<NamesByLanguage>(),
    country: text('country'),
  },
  (table) => [
    compositeKey({ columns: [table.labId, table.position] }),
    check('lab_hosts_partner_or_names', sql`num_nonnulls(${table.partnerId}, ${table.names}) = 1`),
  ],
)
