import { check, date, integer, pgTable, primaryKey as compositeKey, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { agreements } from './agreements.ts'
import { instant } from './columns.ts'

/**
 * Automatic renewals that have happened. The key lets each end of a period be followed by one renewal and no more,
 * whoever else is at work.
 */
export const agreementRenewals = pgTable(
  'agreement_renewals',
  {
    agreementId: uuid('agreement_id')
      .notNull()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    /** Last day of the period that was renewed. */
    endedOn: date('ended_on', { mode: 'string' }).notNull(),
    /** Which renewal of the agreed term it is, from 1. */
    number: integer('number').notNull(),
    /** Last day of the period that followed. */
    renewedUntil: date('renewed_until', { mode: 'string' }).notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    compositeKey({ columns: [table.agreementId, table.endedOn] }),
    check('agreement_renewals_order', sql`${table.number} > 0 and ${table.renewedUntil} > ${table.endedOn}`),
  ],
)
