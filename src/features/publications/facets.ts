import { withQuery } from '#platform/paths.ts'
import { filterQuery, type Filters, toggled } from './filters.ts'

/** One value that a list can be narrowed by, with the address that adds it, or takes it away where it is chosen. */
export interface FacetOption {
  readonly label: string
  readonly count: number
  readonly chosen: boolean
  readonly href: string
}

export interface Facet {
  readonly name: string
  readonly label: string
  readonly options: readonly FacetOption[]
}

export interface FacetWords {
  readonly name: string
  readonly label: string
  readonly labelOf: (value: string) => string
  /** The values' own order; without it, the most frequent first. */
  readonly order?: readonly string[]
}

/** The facets of a list. Values that would show nothing are left out, unless they are chosen. */
export function facetsOf(
  path: string,
  filters: Filters,
  counts: Readonly<{ [dimension: string]: ReadonlyMap<string, number> }>,
  dimensions: readonly FacetWords[],
): Facet[] {
  return dimensions.map(({ name, label, labelOf, order }) => {
    const chosen = filters.chosen[name] ?? []
    const found = counts[name] ?? new Map<string, number>()
    const values = [...new Set([...found.keys(), ...chosen])].map((value) => ({
      label: labelOf(value),
      count: found.get(value) ?? 0,
      chosen: chosen.includes(value),
      href: withQuery(path, filterQuery(toggled(filters, name, value))),
      rank: order?.indexOf(value) ?? 0,
    }))
    values.sort((a, b) => a.rank - b.rank || b.count - a.count || (a.label < b.label ? -1 : 1))
    return { name, label, options: values.map(({ rank: _, ...option }) => option) }
  })
}

/** What is chosen, each with the address without it; for the line above the results. */
export function chosenOf(facets: readonly Facet[]): FacetOption[] {
  return facets.flatMap((facet) => facet.options.filter((option) => option.chosen))
}
