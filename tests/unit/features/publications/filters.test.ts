import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  filterQuery,
  type Filters,
  isFiltered,
  narrow,
  pageOf,
  pageSize,
  readFilters,
  toggled,
} from '#features/publications/filters.ts'
import { DomainError } from '#platform/errors.ts'
import { withQuery } from '#platform/paths.ts'

const dimensions = [
  { name: 'country', known: new Set(['TH', 'VN', 'MM']) },
  { name: 'kind', known: new Set(['university', 'agency']) },
]
const read = (query: string) => readFilters(new URLSearchParams(query), dimensions)
const codeOf = (query: string) => {
  try {
    read(query)
    return undefined
  } catch (error) {
    return error instanceof DomainError ? error.code : error
  }
}

describe('the query of a list', () => {
  it('asks for everything where it is empty', () => {
    const filters = read('')
    expect(filters).toEqual({ chosen: { country: [], kind: [] }, words: '', page: 1 })
    expect(isFiltered(filters)).toBe(false)
  })

  it('takes several values of a dimension, once each and in one order', () => {
    expect(read('country=VN&country=TH&country=VN').chosen['country']).toEqual(['TH', 'VN'])
  })

  it('leaves empty values and unknown parameters alone', () => {
    expect(read('country=&utm_source=x').chosen['country']).toEqual([])
  })

  it.each(['country=XX', 'kind=<script>', 'country=th'])('refuses a value that does not exist: %s', (query) => {
    expect(codeOf(query)).toBe('bad_request')
  })

  it.each(['page=abc', 'page=-1', 'page=1.5', 'page=', 'page=1&page=2', 'page=1e9'])(
    'refuses as a page %s',
    (query) => {
      expect(codeOf(query)).toBe('bad_request')
    },
  )

  it.each(['page=0', 'page=1000000000'])('finds no page for %s', (query) => {
    expect(codeOf(query)).toBe('not_found')
  })

  it('tidies words, and refuses too many of them', () => {
    expect(read('q=%20chiang%20%20mai%20').words).toBe('chiang mai')
    expect(codeOf(`q=${'x'.repeat(101)}`)).toBe('bad_request')
    expect(codeOf('q=a&q=b')).toBe('bad_request')
    expect(codeOf('q=a%01b')).toBe('bad_request')
  })

  it('only ever answers with filters or with a domain error', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        expect([undefined, 'bad_request', 'not_found']).toContain(codeOf(query))
      }),
    )
  })

  it('is written back as it was read', () => {
    const value = fc.record({
      country: fc.subarray(['TH', 'VN', 'MM']),
      kind: fc.subarray(['university', 'agency']),
      q: fc.constantFrom('', 'mai', '云南 大学'),
      page: fc.integer({ min: 1, max: 500 }),
    })
    fc.assert(
      fc.property(value, ({ country, kind, q, page }) => {
        const filters: Filters = { chosen: { country: country.toSorted(), kind: kind.toSorted() }, words: q, page }
        expect(read(withQuery('/', filterQuery(filters)).slice(2))).toEqual(filters)
      }),
    )
  })
})

describe('a facet', () => {
  it('adds a value, takes it away again, and goes back to the first page', () => {
    const once = toggled(read('country=VN&page=3'), 'country', 'TH')
    expect(once).toMatchObject({ chosen: { country: ['TH', 'VN'] }, page: 1 })
    expect(toggled(once, 'country', 'VN').chosen['country']).toEqual(['TH'])
  })
})

interface Thing {
  readonly country: string
  readonly kind: string
}
const things: Thing[] = [
  { country: 'TH', kind: 'university' },
  { country: 'TH', kind: 'agency' },
  { country: 'VN', kind: 'university' },
]
const valuesOf = { country: (thing: Thing) => [thing.country], kind: (thing: Thing) => [thing.kind] }

describe('narrowing', () => {
  it('keeps what fits every dimension, and counts a dimension without what was chosen in it', () => {
    const { hits, counts } = narrow(things, read('country=TH&kind=university'), valuesOf)
    expect(hits).toEqual([things[0]])
    expect(Object.fromEntries(counts['country'] ?? [])).toEqual({ TH: 1, VN: 1 })
    expect(Object.fromEntries(counts['kind'] ?? [])).toEqual({ university: 1, agency: 1 })
  })

  it('promises with each count what choosing that value alone would show', () => {
    const thing = fc.record({
      country: fc.constantFrom('TH', 'VN', 'MM'),
      kind: fc.constantFrom('university', 'agency'),
    })
    const query = fc.constantFrom(
      '',
      'country=TH',
      'kind=agency',
      'country=TH&country=VN',
      'country=MM&kind=university',
    )
    fc.assert(
      fc.property(fc.array(thing), query, (all, text) => {
        const filters = read(text)
        const { counts } = narrow(all, filters, valuesOf)
        for (const dimension of ['country', 'kind']) {
          for (const [value, count] of counts[dimension] ?? []) {
            const alone = { chosen: { ...filters.chosen, [dimension]: [value] } }
            expect(narrow(all, alone, valuesOf).hits).toHaveLength(count)
          }
        }
      }),
    )
  })
})

describe('paging', () => {
  it('cuts a list into pages and refuses the one after the last', () => {
    const list = Array.from({ length: pageSize + 1 }, (_, at) => at)
    expect(pageOf(list, 2)).toEqual({ items: [pageSize], total: pageSize + 1, page: 2, pages: 2 })
    expect(() => pageOf(list, 3)).toThrow(DomainError)
  })

  it('has one page, and it is empty, where there is nothing', () => {
    expect(pageOf([], 1)).toEqual({ items: [], total: 0, page: 1, pages: 1 })
  })
})
