import { text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** How far a text can be trusted; that a text is missing is the absence of its row. */
export type TextStatus = 'machine' | 'draft' | 'reviewed'

/**
 * Columns of one translated field: its words, their status, and the hash of the source words that they were
 * translated from (null in the source locale itself). The field is stale when that hash no longer fits.
 */
export const textField = <Name extends string>(name: Name) => ({
  value: text(name),
  status: text(`${name}_status`).$type<TextStatus>(),
  sourceHash: text(`${name}_source_hash`),
})

/** `locale` is one of the five, or any BCP 47 tag for a name that is kept beside them (Lao, Khmer, Hindi …). */
export const textRow = () => ({
  locale: text('locale').notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})
