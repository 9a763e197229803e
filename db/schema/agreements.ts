import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey as compositeKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { instant, partialDate, primaryKey, version } from './columns.ts'
import { labs, type NamesByLanguage } from './labs.ts'
import { partners } from './partners.ts'
import { textField, textRow } from './texts.ts'

const signed = partialDate('signed')
const effective = partialDate('effective')
const ends = partialDate('ends')

/**
 * Agreements of the office's own (`origin` office: they have a lifecycle state) and agreements that were merely
 * reported in public sources (`origin` reported: no state, and in no count of the office's own).
 */
export const agreements = pgTable(
  'agreements',
  {
    id: primaryKey(),
    slug: text('slug').notNull().unique(),
    oldSlugs: text('old_slugs').array().notNull().default([]),
    version: version(),
    origin: text('origin').$type<'office' | 'reported'>().notNull(),
    state: text('state'),
    /** `public` may be released to the public register; `internal` is for the office. */
    visibility: text('visibility').$type<'public' | 'internal'>().notNull().default('internal'),
    kind: text('kind').notNull(),
    /** The office's number (文号 or 合同编号) as written. */
    reference: text('reference'),
    /** The number folded (NFKC, no spaces, upper case), so that two spellings of one number collide. */
    referenceKey: text('reference_key'),
    signed: signed.date,
    signedPrecision: signed.precision,
    effective: effective.date,
    effectivePrecision: effective.precision,
    ends: ends.date,
    endsPrecision: ends.precision,
    valueAmount: numeric('value_amount', { precision: 20, scale: 4 }),
    valueCurrency: text('value_currency'),
    fields: text('fields').array().notNull().default([]),
    sourceLocale: text('source_locale').notNull(),
    sources: text('sources').array().notNull().default([]),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('agreements_reference_key').on(table.referenceKey),
    index('agreements_state').on(table.origin, table.state),
    index('agreements_updated').on(table.updatedAt.desc(), table.id),
    index('agreements_ends').on(table.origin, table.ends),
    check('agreements_state_by_origin', sql`(${table.origin} = 'office') = (${table.state} is not null)`),
    check('agreements_value', sql`(${table.valueAmount} is null) = (${table.valueCurrency} is null)`),
    check('agreements_value_positive', sql`${table.valueAmount} >= 0`),
  ],
)

const title = textField('title')
const summary = textField('summary')

export const agreementTexts = pgTable(
  'agreement_texts',
  {
    agreementId: uuid('agreement_id').notNull().references(() => agreements.id, { onDelete: 'cascade' }),
    ...textRow(),
    title: title.value,
    titleStatus: title.status,
    titleSourceHash: title.sourceHash,
    summary: summary.value,
    summaryStatus: summary.status,
    summarySourceHash: summary.sourceHash,
  },
  (table) => [compositeKey({ columns: [table.agreementId, table.locale] })],
)

export const agreementParties = pgTable(
  'agreement_parties',
  {
    agreementId: uuid('agreement_id').notNull().references(() => agreements.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    role: text('role').notNull().default('partner'),
    partnerId: uuid('partner_id').references(() => partners.id),
    names: jsonb('names').$type<NamesByLanguage>(),
    country: text('country'),
  },
  (table) => [
    compositeKey({ columns: [table.agreementId, table.position] }),
    index('agreement_parties_partner').on(table.partnerId),
    uniqueIndex('agreement_parties_once').on(table.agreementId, table.partnerId),
    check('agreement_parties_partner_or_names', sql`num_nonnulls(${table.partnerId}, ${table.names}) = 1`),
  ],
)

export const agreementLabs = pgTable(
  'agreement_labs',
  {
    agreementId: uuid('agreement_id').notNull().references(() => agreements.id, { onDelete: 'cascade' }),
    labId: uuid('lab_id').notNull().references(() => labs.id),
  },
  (table) => [compositeKey({ columns: [table.agreementId, table.labId] }), index('agreement_labs_lab').on(table.labId)],
)

/** Every step that an agreement of the office took through its lifecycle, in order. */
export const agreementTransitions = pgTable(
  'agreement_transitions',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id').notNull().references(() => agreements.id, { onDelete: 'cascade' }),
    transition: text('transition').notNull(),
    fromState: text('from_state'),
    toState: text('to_state').notNull(),
    note: text('note'),
    by: uuid('by').references(() => users.id),
    at: instant('at').notNull(),
  },
  (table) => [index('agreement_transitions_agreement').on(table.agreementId, table.at)],
)

/**
 * Releases to the public register: asked for by one person, granted by another, ended when it is withdrawn or when a
 * newer release takes its place. At most one is open and at most one is in effect.
 */
export const agreementReleases = pgTable(
  'agreement_releases',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id').notNull().references(() => agreements.id, { onDelete: 'cascade' }),
    requestedBy: uuid('requested_by').notNull().references(() => users.id),
    requestedAt: instant('requested_at').notNull(),
    decision: text('decision').$type<'granted' | 'declined' | 'cancelled'>(),
    decidedBy: uuid('decided_by').references(() => users.id),
    decidedAt: instant('decided_at'),
    /** The version of the agreement that was granted. */
    agreementVersion: integer('agreement_version'),
    note: text('note'),
    endedBy: uuid('ended_by').references(() => users.id),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('agreement_releases_agreement').on(table.agreementId, table.requestedAt),
    uniqueIndex('agreement_releases_open').on(table.agreementId).where(sql`decision is null`),
    uniqueIndex('agreement_releases_in_effect').on(table.agreementId).where(sql`decision = 'granted' and ended_at is null`),
    check('agreement_releases_decision', sql`${table.decision} in ('granted', 'declined', 'cancelled')`),
    check('agreement_releases_decided', sql`(${table.decision} is null) = (${table.decidedAt} is null)`),
    check('agreement_releases_two_people', sql`${table.decision} <> 'granted' or ${table.decidedBy} <> ${table.requestedBy}`),
  ],
)
