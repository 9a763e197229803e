import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
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
import { endedAfterRenewals } from './agreement-ends.ts'
import { facetsOf, stageOf } from './agreement-facets.ts'
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
    /**
     * `public` may be released to the public register; `internal` is for the office; `confidential` is for the people
     * named in `agreement_readers` alone.
     */
    visibility: text('visibility').$type<'public' | 'internal' | 'confidential'>().notNull().default('internal'),
    /** The member of staff who is responsible for it. */
    officerId: uuid('officer_id').references(() => users.id),
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
    /** No end was agreed: not the same as an end that is not known. */
    openEnded: boolean('open_ended').notNull().default(false),
    renewal: text('renewal').$type<'none' | 'by_agreement' | 'automatic'>().notNull().default('none'),
    /** Each renewal, in months. */
    renewalMonths: integer('renewal_months'),
    /** Renewals at most; null for no limit. */
    renewalLimit: integer('renewal_limit'),
    /** The notice period that was agreed. */
    noticeAmount: integer('notice_amount'),
    noticeUnit: text('notice_unit').$type<'days' | 'months'>(),
    /** Days before the notice deadline at which the office itself wants to begin. */
    leadDays: integer('lead_days'),
    /** Languages whose text is authentic, and the one that prevails (BCP 47 tags). */
    authenticLanguages: text('authentic_languages').array().notNull().default([]),
    prevailingLanguage: text('prevailing_language'),
    valueAmount: numeric('value_amount', { precision: 20, scale: 4 }),
    valueCurrency: text('value_currency'),
    /** 技术交易额, in the currency of the value: the part of the value (成交额) that is for technology. */
    technologyAmount: numeric('technology_amount', { precision: 20, scale: 4 }),
    /** Number under which the technology contract is registered (技术合同登记编号). */
    registrationNumber: text('registration_number'),
    /** 档号. */
    archiveNumber: text('archive_number'),
    retention: text('retention').$type<'permanent' | 'years_30' | 'years_10'>(),
    filedOn: date('filed_on', { mode: 'string' }),
    filingDue: date('filing_due', { mode: 'string' }),
    /** Somebody said, when recording it, that it holds no state secret and no work secret. */
    secrecyDeclaredBy: uuid('secrecy_declared_by').references(() => users.id),
    secrecyDeclaredAt: instant('secrecy_declared_at'),
    /** The earliest thing due: deadline, milestone or end. Kept by every write that moves it. */
    nextDue: date('next_due', { mode: 'string' }),
    /**
     * What its parties are found under: ids of partners, and countries. Kept by every write of its parties, and of a
     * partner's country.
     */
    partyKeys: text('party_keys').array().notNull().default([]),
    fields: text('fields').array().notNull().default([]),
    sourceLocale: text('source_locale').notNull(),
    sources: text('sources').array().notNull().default([]),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('agreements_reference_key').on(table.referenceKey),
    index('agreements_updated').on(table.updatedAt.desc(), table.id),
    // The days behind the order's own keys are for lists that are narrowed by them: what they are not fulfilled by is
    // passed over within the index, and that may be most of what comes first (the oldest numbers, in a later year).
    index('agreements_ends').on(table.ends, table.id, table.nextDue, table.signed),
    index('agreements_signed').on(table.signed, table.id, table.nextDue),
    index('agreements_effective').on(table.effective, table.id),
    // Each state by itself in the orders in which its agreements stand together at one end.
    index('agreements_state_updated').on(table.state, table.updatedAt.desc(), table.id),
    index('agreements_state_signed').on(table.state, table.signed, table.id),
    index('agreements_state_ends').on(table.state, table.ends, table.id),
    index('agreements_state_due').on(table.state, table.nextDue, table.id),
    index('agreements_reference').on(table.referenceKey, table.id, table.signed, table.nextDue),
    index('agreements_value').on(table.valueCurrency, table.valueAmount, table.id),
    index('agreements_stage').on(stageOf(table), table.updatedAt.desc(), table.id),
    index('agreements_facets').using('gin', facetsOf(table)).with({ fastupdate: false }),
    index('agreements_created_by').on(table.createdBy),
    // Counted for each person whom they may concern: within the index, without a look at the rows.
    index('agreements_confidential')
      .on(table.id, table.state, table.officerId, table.createdBy)
      .where(sql`visibility = 'confidential' and origin = 'office'`),
    // Their last days are reckoned: the few that an end by the term alone cannot find.
    index('agreements_renewed_ends').on(table.ends).where(endedAfterRenewals(table)),
    index('agreements_officer').on(table.officerId, table.state),
    index('agreements_next_due').on(table.nextDue, table.id, table.signed),
    index('agreements_filing_due')
      .on(table.filingDue)
      .where(sql`filed_on is null`),
    check(
      'agreements_state',
      sql`${table.state} in ('draft', 'negotiation', 'review', 'approved', 'signed', 'in_force', 'suspended', 'completed', 'expired', 'terminated', 'superseded', 'declined', 'withdrawn')`,
    ),
    check('agreements_state_by_origin', sql`(${table.origin} = 'office') = (${table.state} is not null)`),
    check('agreements_value', sql`(${table.valueAmount} is null) = (${table.valueCurrency} is null)`),
    check('agreements_value_positive', sql`${table.valueAmount} >= 0`),
    check('agreements_technology_amount', sql`${table.technologyAmount} between 0 and ${table.valueAmount}`),
    check('agreements_renewal', sql`(${table.renewal} = 'automatic') >= (${table.renewalMonths} is not null)`),
    check('agreements_notice', sql`(${table.noticeAmount} is null) = (${table.noticeUnit} is null)`),
    check('agreements_visibility', sql`${table.visibility} in ('public', 'internal', 'confidential')`),
    check('agreements_open_ended', sql`not (${table.openEnded} and ${table.ends} is not null)`),
  ],
)

const title = textField('title')
const summary = textField('summary')

export const agreementTexts = pgTable(
  'agreement_texts',
  {
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    ...textRow(),
    title: title.value,
    titleStatus: title.status,
    titleSourceHash: title.sourceHash,
    /** The title as it stands on the paper in this language, not a translation for readers. */
    titleOfficial: boolean('title_official').notNull().default(false),
    summary: summary.value,
    summaryStatus: summary.status,
    summarySourceHash: summary.sourceHash,
  },
  (table) => [compositeKey({ columns: [table.agreementId, table.locale] })],
)

export const agreementParties = pgTable(
  'agreement_parties',
  {
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    role: text('role').notNull().default('partner'),
    partnerId: uuid('partner_id').references(() => partners.id),
    names: jsonb('names').$type<NamesByLanguage>(),
    /** Languages in which the name stands so on the paper; in the others it is a translation for readers. */
    officialNames: text('official_names').array().notNull().default([]),
    country: text('country'),
    /**
     * Who signed: the name as printed, the form of address and the title or office, by language, never split; which
     * names stand on the paper.
     */
    signatoryNames: jsonb('signatory_names').$type<NamesByLanguage>(),
    signatoryAddresses: jsonb('signatory_addresses').$type<NamesByLanguage>(),
    signatoryTitles: jsonb('signatory_titles').$type<NamesByLanguage>(),
    signatoryOfficial: text('signatory_official').array().notNull().default([]),
    signedOn: date('signed_on', { mode: 'string' }),
    /** Whom to write to: name, form of address, address of mail, telephone, as given. */
    contactName: text('contact_name'),
    contactAddress: text('contact_address'),
    contactEmail: text('contact_email'),
    contactPhone: text('contact_phone'),
    /** The language of the party's own original, in which it is named first. */
    originalLanguage: text('original_language'),
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
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    labId: uuid('lab_id')
      .notNull()
      .references(() => labs.id),
  },
  (table) => [compositeKey({ columns: [table.agreementId, table.labId] }), index('agreement_labs_lab').on(table.labId)],
)
