import { sql } from 'drizzle-orm'
import {
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
import { agreementDocuments } from './agreement-papers.ts'
import { agreements } from './agreements.ts'
import { instant, primaryKey, version } from './columns.ts'

/** Something due, owed by a party, once or by an RFC 5545 rule; payments carry an amount. */
export const agreementMilestones = pgTable(
  'agreement_milestones',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    version: version(),
    /** `milestone`, `obligation`, `payment`. */
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    partyPosition: integer('party_position'),
    firstDue: date('first_due', { mode: 'string' }).notNull(),
    /** RFC 5545 RRULE without its name (`FREQ=YEARLY;COUNT=3`); null for once. */
    rule: text('rule'),
    amount: numeric('amount', { precision: 20, scale: 4 }),
    currency: text('currency'),
    archivedAt: instant('archived_at'),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('agreement_milestones_agreement').on(table.agreementId),
    check('agreement_milestones_amount', sql`(${table.amount} is null) = (${table.currency} is null)`),
  ],
)

/** One due day of a milestone and what became of it. */
export const milestoneOccurrences = pgTable(
  'milestone_occurrences',
  {
    milestoneId: uuid('milestone_id')
      .notNull()
      .references(() => agreementMilestones.id, { onDelete: 'cascade' }),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    due: date('due', { mode: 'string' }).notNull(),
    state: text('state').$type<'scheduled' | 'met' | 'partially_met' | 'not_met'>().notNull().default('scheduled'),
    /** Day on which it was met, or the payment made. */
    metOn: date('met_on', { mode: 'string' }),
    /** What was paid, in the milestone's currency; for payments that were made in full or in part. */
    paidAmount: numeric('paid_amount', { precision: 20, scale: 4 }),
    note: text('note'),
    documentId: uuid('document_id').references(() => agreementDocuments.id),
    confirmedBy: uuid('confirmed_by').references(() => users.id),
    confirmedAt: instant('confirmed_at'),
  },
  (table) => [
    compositeKey({ columns: [table.milestoneId, table.due] }),
    index('milestone_occurrences_due').on(table.state, table.due),
    index('milestone_occurrences_agreement').on(table.agreementId, table.due),
    check('milestone_occurrences_state', sql`${table.state} in ('scheduled', 'met', 'partially_met', 'not_met')`),
    check('milestone_occurrences_paid', sql`${table.paidAmount} >= 0`),
  ],
)

/** A change of a signed agreement by an amendment: what went from what to what, from which day. */
export const agreementAmendments = pgTable(
  'agreement_amendments',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    /** 1, 2, 3 … within the agreement. */
    number: integer('number').notNull(),
    /** `term`, `parties`, `value`, `scope`, `other`. */
    kind: text('kind').notNull(),
    summary: text('summary').notNull(),
    signedOn: date('signed_on', { mode: 'string' }),
    effectiveOn: date('effective_on', { mode: 'string' }).notNull(),
    /** Fields of the agreement's words: `[{ field, before, after }]`. */
    changes: jsonb('changes').$type<{ field: string; before: unknown; after: unknown }[]>().notNull(),
    languages: text('languages').array().notNull().default([]),
    documentId: uuid('document_id').references(() => agreementDocuments.id),
    recordedBy: uuid('recorded_by').references(() => users.id),
    recordedAt: instant('recorded_at').notNull(),
    /** When the agreement's row took its changes over; null while the day of effect is ahead. */
    appliedAt: instant('applied_at'),
    /** Recorded in error: it counts for nothing since, and its number is free again. */
    annulledAt: instant('annulled_at'),
    annulledBy: uuid('annulled_by').references(() => users.id),
    annulledReason: text('annulled_reason'),
  },
  (table) => [
    uniqueIndex('agreement_amendments_number')
      .on(table.agreementId, table.number)
      .where(sql`annulled_at is null`),
    check('agreement_amendments_annulled', sql`(${table.annulledAt} is null) = (${table.annulledReason} is null)`),
    index('agreement_amendments_ahead')
      .on(table.effectiveOn)
      .where(sql`applied_at is null and annulled_at is null`),
  ],
)
