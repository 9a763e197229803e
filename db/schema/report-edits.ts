import { check, numeric, pgTable, primaryKey as compositeKey, text, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { users } from './accounts.ts'
import { instant, version } from './columns.ts'

/** Figures of reports that somebody changed by hand, each with the reason; the audit trail has every change. */
export const reportEdits = pgTable(
  'report_edits',
  {
    /** `2026`, `2026-H1`, `2026-Q3`, `2026-07`. */
    period: text('period').notNull(),
    figure: text('figure').notNull(),
    version: version(),
    /** Null: the edit was taken back, and what is counted stands again. */
    value: numeric('value', { precision: 24, scale: 4 }),
    reason: text('reason').notNull(),
    editedBy: uuid('edited_by').references(() => users.id),
    editedAt: instant('edited_at').notNull(),
  },
  (table) => [
    compositeKey({ columns: [table.period, table.figure] }),
    check('report_edits_value', sql`${table.value} >= 0`),
  ],
)
