import { customType, index, integer, pgTable, uuid } from 'drizzle-orm/pg-core'
import { agreements } from './agreements.ts'
import { tsvector } from './columns.ts'

/** Text in the order of a language, by collations of our own (their names in the migration that makes them). */
const collated = (collation: string) => customType<{ data: string }>({ dataType: () => `text collate "${collation}"` })

/**
 * How an agreement of the office is found and put in order: its words as search tokens, and for each locale the title
 * that the list shows there. It stands beside `agreements` so that rows there stay narrow: lists read thousands of
 * them. Kept by every write of titles, number, parties and of partners' names.
 */
export const agreementFinding = pgTable(
  'agreement_finding',
  {
    agreementId: uuid('agreement_id')
      .primaryKey()
      .references(() => agreements.id, { onDelete: 'cascade' }),
    tokens: tsvector('tokens').notNull(),
    /** The rule that made all this (`searchRule`); what an older one made is made anew in the background. */
    rule: integer('rule').notNull().default(0),
    titleZh: collated('yunqiao_zh')('title_zh'),
    titleEn: collated('yunqiao_en')('title_en'),
    titleTh: collated('yunqiao_th')('title_th'),
    titleVi: collated('yunqiao_vi')('title_vi'),
    titleMy: collated('yunqiao_my')('title_my'),
  },
  (table) => [
    index('agreement_finding_rule').on(table.rule),
    index('agreement_finding_tokens').using('gin', table.tokens).with({ fastupdate: false }),
    index('agreement_finding_zh').on(table.titleZh, table.agreementId),
    index('agreement_finding_en').on(table.titleEn, table.agreementId),
    index('agreement_finding_th').on(table.titleTh, table.agreementId),
    index('agreement_finding_vi').on(table.titleVi, table.agreementId),
    index('agreement_finding_my').on(table.titleMy, table.agreementId),
  ],
)
