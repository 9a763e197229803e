import { DomainError } from '#platform/errors.ts'

/** Records on one page of a list. */
export const pageSize = 24

/** Characters that may be looked for. */
const longestWords = 100

const mostPages = 100_000

/** A side of the records that a list can be narrowed by: its parameter, and the values that exist. */
export interface Dimension {
  readonly name: string
  readonly known: ReadonlySet<string>
}

/** What a reader asked a list for. `chosen` has every dimension; values within one widen, dimensions narrow. */
export interface Filters {
  readonly chosen: Readonly<Record<string, readonly string[]>>
  readonly words: string
  /** From 1. */
  readonly page: number
}

/**
 * Reads a list's query. Parameters that the list does not know are left alone.
 * @throws DomainError `bad_request` for a value that does not exist, a number that is none, words that are too long;
 *   `not_found` for a page that no list has.
 */
export function readFilters(search: URLSearchParams, dimensions: readonly Dimension[]): Filters {
  const chosen = Object.fromEntries(
    dimensions.map(({ name, known }) => {
      const values = [...new Set(search.getAll(name))].filter((value) => value !== '').sort()
      if (values.some((value) => !known.has(value))) throw new DomainError('bad_request', { parameter: name })
      return [name, values]
    }),
  )
  return { chosen, words: readWords(search), page: readPage(search) }
}

function readWords(search: URLSearchParams): string {
  const [words = '', ...more] = search.getAll('q')
  const tidy = words.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (more.length > 0 || tidy.length > longestWords || /\p{Cc}/u.test(tidy)) {
    throw new DomainError('bad_request', { parameter: 'q' })
  }
  return tidy
}

function readPage(search: URLSearchParams): number {
  const [page = '1', ...more] = search.getAll('page')
  if (more.length > 0 || !/^\d{1,12}$/.test(page)) throw new DomainError('bad_request', { parameter: 'page' })
  const number = Number(page)
  if (number < 1 || number > mostPages) throw new DomainError('not_found')
  return number
}

export function isFiltered(filters: Filters): boolean {
  return filters.words !== '' || Object.values(filters.chosen).some((values) => values.length > 0)
}

/** The query of a list, in one order always, so that equal lists have equal addresses. */
export function filterQuery(filters: Filters): Record<string, string | number | readonly string[] | undefined> {
  return { q: filters.words, ...filters.chosen, page: filters.page === 1 ? undefined : filters.page }
}

/** The same list with one value added, or taken away where it was chosen; from its first page. */
export function toggled(filters: Filters, dimension: string, value: string): Filters {
  const now = filters.chosen[dimension] ?? []
  const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value].sort()
  return { ...filters, chosen: { ...filters.chosen, [dimension]: next }, page: 1 }
}

/** How a record is found under each dimension. */
export type ValuesOf<Record> = Readonly<{ [dimension: string]: (record: Record) => readonly string[] }>

export interface Narrowed<Record> {
  readonly hits: readonly Record[]
  /** For each dimension, how many records each value would show, given what the other dimensions ask for. */
  readonly counts: Readonly<{ [dimension: string]: ReadonlyMap<string, number> }>
}

/** Narrows records by what was chosen, and counts, in one pass. */
export function narrow<Record>(
  records: readonly Record[],
  { chosen }: Pick<Filters, 'chosen'>,
  valuesOf: ValuesOf<Record>,
): Narrowed<Record> {
  const dimensions = Object.entries(valuesOf).map(([name, values]) => ({
    name,
    values,
    wanted: new Set(chosen[name]),
    counts: new Map<string, number>(),
  }))
  const hits: Record[] = []
  for (const record of records) {
    const found = dimensions.map(({ values }) => values(record))
    const misses = dimensions.filter(
      ({ wanted }, at) => wanted.size > 0 && !found[at]?.some((value) => wanted.has(value)),
    )
    if (misses.length === 0) hits.push(record)
    for (const [at, dimension] of dimensions.entries()) {
      if (misses.length > 1 || (misses.length === 1 && misses[0] !== dimension)) continue
      for (const value of found[at] ?? []) dimension.counts.set(value, (dimension.counts.get(value) ?? 0) + 1)
    }
  }
  return { hits, counts: Object.fromEntries(dimensions.map(({ name, counts }) => [name, counts])) }
}

export interface PageOf<Record> {
  readonly items: readonly Record[]
  readonly total: number
  readonly page: number
  readonly pages: number
}

/**
 * One page of a list.
 * @throws DomainError `not_found` past the last page.
 */
export function pageOf<Record>(records: readonly Record[], page: number): PageOf<Record> {
  const pages = Math.max(1, Math.ceil(records.length / pageSize))
  if (page > pages) throw new DomainError('not_found')
  const start = (page - 1) * pageSize
  return { items: records.slice(start, start + pageSize), total: records.length, page, pages }
}
