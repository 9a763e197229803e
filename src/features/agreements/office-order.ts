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

/** How a list is put in order: as one index holds it, forwards or backwards. */
export interface Order {
  /** What is compared, one after the other, and which way; the last is unique. */
  readonly keys: readonly { readonly value: SQLWrapper; readonly way: SQL }[]
  /** What some agreements lack: those come at the end, whichever way. Undefined where none lacks it. */
  readonly lacked: SQLWrapper | undefined
  /** The title, where that is what it is by: it stands beside the agreement. */
  readonly title: SQLWrapper | undefined
  /** The order is one of states. */
  readonly byState: boolean
}

export function orderOf({ sort, descending }: Pick<OfficeFilters, 'sort' | 'descending'>, locale: Locale): Order {
  const way = descending ? sql`desc` : sql`asc`
  const first = descending ? sql`desc nulls last` : sql`asc nulls last`
  const { id, updatedAt } = agreements
  const of = (value: SQLWrapper): Order => ({
    keys: [
      { value, way },
      { value: id, way },
    ],
    lacked: value,
    title: undefined,
    byState: false,
  })
  const always = (keys: Order['keys'], byState: boolean): Order => ({
    keys,
    lacked: undefined,
    title: undefined,
    byState,
  })
  const latest = [
    { value: updatedAt, way: sql`desc nulls last` },
    { value: id, way: sql`asc` },
  ]
  const earliest = [
    { value: updatedAt, way: sql`asc nulls first` },
    { value: id, way: sql`desc` },
  ]
  switch (sort) {
    case 'updated':
      return always(descending ? latest : earliest, false)
    case 'state':
      return descending
        ? always([{ value: stageOf(agreements), way: sql`desc nulls first` }, ...earliest], true)
        : always([{ value: stageOf(agreements), way: first }, ...latest], true)
    case 'value': {
      const { valueCurrency, valueAmount } = agreements
      return {
        ...of(valueAmount),
        keys: [
          { value: valueCurrency, way },
          { value: valueAmount, way },
          { value: id, way },
        ],
      }
    }
    case 'title': {
      const title = titles[locale]
      const keys = [
        { value: title, way },
        { value: agreementFinding.agreementId, way },
      ]
      return { keys, lacked: title, title, byState: false }
    }
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
