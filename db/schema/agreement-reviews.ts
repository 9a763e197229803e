import { sql } from 'drizzle-orm'
import {
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey as compositeKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { agreementDocuments } from './agreement-papers.ts'
import { agreements } from './agreements.ts'
import { instant, primaryKey } from './columns.ts'

/** A round of review of an exact content. A change of substance afterwards voids it. */
export const agreementReviews = pgTable(
  'agreement_reviews',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    round: integer('round').notNull(),
    /** SHA-256 over the substance of the agreement: what the approval is of. */
    contentHash: text('content_hash').notNull(),
    mode: text('mode').$type<'sequence' | 'parallel'>().notNull(),
    outcome: text('outcome').$type<'approved' | 'returned' | 'void'>(),
    startedBy: uuid('started_by').references(() => users.id),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('agreement_reviews_round').on(table.agreementId, table.round),
    uniqueIndex('agreement_reviews_open')
      .on(table.agreementId)
      .where(sql`outcome is null`),
    check('agreement_reviews_outcome', sql`${table.outcome} in ('approved', 'returned', 'void')`),
  ],
)

/** One named reviewer of a round: legal, finance, foreign affairs … */
export const agreementReviewers = pgTable(
  'agreement_reviewers',
  {
    reviewId: uuid('review_id')
      .notNull()
      .references(() => agreementReviews.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    aspect: text('aspect').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    decision: text('decision').$type<'approved' | 'returned'>(),
    note: text('note'),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    compositeKey({ columns: [table.reviewId, table.position] }),
    index('agreement_reviewers_user').on(table.userId, table.decision),
  ],
)

/** Sign-off (会签) that happened on paper or in the office's own system, recorded with its proof. */
export const agreementSignOffs = pgTable(
  'agreement_sign_offs',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    /** `department_head`, `superior_body`, `foreign_affairs`, `legal`, `finance`, `other`. */
    authority: text('authority').notNull(),
    formNumber: text('form_number'),
    signedOn: date('signed_on', { mode: 'string' }).notNull(),
    contentHash: text('content_hash').notNull(),
    voidedAt: instant('voided_at'),
    documentId: uuid('document_id').references(() => agreementDocuments.id),
    recordedBy: uuid('recorded_by').references(() => users.id),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [index('agreement_sign_offs_agreement').on(table.agreementId)],
)

/** Answers to the checklist that stands before negotiation and before signature, each with a reason. */
export const agreementChecks = pgTable(
  'agreement_checks',
  {
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    stage: text('stage').$type<'negotiation' | 'signature'>().notNull(),
    point: text('point').notNull(),
    answer: text('answer').$type<'cleared' | 'not_applicable' | 'open'>().notNull(),
    reason: text('reason').notNull(),
    by: uuid('by').references(() => users.id),
    at: instant('at').notNull(),
  },
  (table) => [compositeKey({ columns: [table.agreementId, table.stage, table.point] })],
)
