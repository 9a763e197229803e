import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { endedByStep, enteredAsEnded } from './agreement-ends.ts'
import { agreements } from './agreements.ts'
import { instant, primaryKey } from './columns.ts'

/** Every step that an agreement of the office took through its lifecycle, in order. */
export const agreementTransitions = pgTable(
  'agreement_transitions',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    transition: text('transition').notNull(),
    fromState: text('from_state'),
    toState: text('to_state').notNull(),
    note: text('note'),
    by: uuid('by').references(() => users.id),
    at: instant('at').notNull(),
  },
  (table) => [
    index('agreement_transitions_agreement').on(table.agreementId, table.at),
    index('agreement_transitions_state').on(table.toState, table.at),
    index('agreement_transitions_ended').on(table.at, table.agreementId).where(endedByStep(table)),
    index('agreement_transitions_entered').on(table.agreementId).where(enteredAsEnded(table)),
  ],
)

/**
 * Releases to the public register: asked for by one person, granted by another, ended when it is withdrawn or when a
 * newer release takes its place. At most one is open and at most one is in effect.
 */
export const agreementReleases = pgTable(
  'agreement_releases',
  {
    id: primaryKey(),
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    requestedBy: uuid('requested_by')
      .notNull()
      .references(() => users.id),
    requestedAt: instant('requested_at').notNull(),
    decision: text('decision').$type<'granted' | 'declined' | 'cancelled'>(),
    decidedBy: uuid('decided_by').references(() => users.id),
    decidedAt: instant('decided_at'),
    /** The version of the agreement that was granted. */
    agreementVersion: integer('agreement_version'),
    note: text('note'),
    /** Who reviewed it for confidentiality before it was granted, and on what basis. */
    confidentialityReviewer: text('confidentiality_reviewer'),
    confidentialityBasis: text('confidentiality_basis'),
    endedBy: uuid('ended_by').references(() => users.id),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('agreement_releases_agreement').on(table.agreementId, table.requestedAt),
    uniqueIndex('agreement_releases_open')
      .on(table.agreementId)
      .where(sql`decision is null`),
    uniqueIndex('agreement_releases_in_effect')
      .on(table.agreementId)
      .where(sql`decision = 'granted' and ended_at is null`),
    check('agreement_releases_decision', sql`${table.decision} in ('granted', 'declined', 'cancelled')`),
    check('agreement_releases_decided', sql`(${table.decision} is null) = (${table.decidedAt} is null)`),
    check(
      'agreement_releases_two_people',
      sql`${table.decision} <> 'granted' or ${table.decidedBy} <> ${table.requestedBy}`,
    ),
  ],
)
