import { type SQL, sql, type SQLWrapper } from 'drizzle-orm'
import { stageOf } from '#db/schema/agreement-facets.ts'
import { agreementFinding, agreements } from '#db/schema/index.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { OfficeFilters } from './office-filters.ts'

const titles = {
  zh: agreementFinding.titleZh,
  en: agreementFinding.titleEn,
  th: agreementFinding.titleTh,
  vi: agreementFinding.titleVi,
  my: agreementFinding.titleMy,
} as const satisfies Record<Locale, unknown>

/** How a list is put in order: as one index holds it, forwards or backwards, without a value last either way. */
export interface Order {
  /** Whether titles are needed beside the agreements. */
  readonly byTitle: boolean
  /** What the order is by; where one has none of it, it comes at the end. Undefined where every one has it. */
  readonly value: SQLWrapper | undefined
  /** For those that have the value. */
  readonly by: SQL
  /** For all of them, those without the value last. */
  readonly all: SQL
}

export function orderOf({ sort, descending }: Pick<OfficeFilters, 'sort' | 'descending'>, locale: Locale): Order {
  const way = descending ? sql`desc` : sql`asc`
  const id = agreements.id
  const of = (value: SQLWrapper, byTitle = false): Order => ({
    byTitle,
    value,
    by: sql`${value} ${way}, ${byTitle ? agreementFinding.agreementId : id} ${way}`,
    all: sql`${value} ${way} nulls last, ${id} ${way}`,
  })
  const always = (by: SQL): Order => ({ byTitle: false, value: undefined, by, all: by })
  switch (sort) {
    case 'updated':
      return always(
        descending
          ? sql`${agreements.updatedAt} desc nulls last, ${id} asc`
          : sql`${agreements.updatedAt} asc nulls first, ${id} desc`,
      )
    case 'state':
      return always(
        descending
          ? sql`${stageOf(agreements)} desc nulls first, ${agreements.updatedAt} asc nulls first, ${id} desc`
          : sql`${stageOf(agreements)} asc nulls last, ${agreements.updatedAt} desc nulls last, ${id} asc`,
      )
    case 'value':
      return {
        byTitle: false,
        value: agreements.valueAmount,
        by: sql`${agreements.valueCurrency} ${way}, ${agreements.valueAmount} ${way}, ${id} ${way}`,
        all: sql`${agreements.valueCurrency} ${way} nulls last, ${agreements.valueAmount} ${way} nulls last, ${id} ${way}`,
      }
    case 'title':
      return of(titles[locale], true)
    case 'reference':
      return of(agreements.referenceKey)
    case 'signed':
      return of(agreements.signed)
    case 'ends':
      return of(agreements.ends)
    case 'due':
      return of(agreements.nextDue)
  }
}
