import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isNarrowed, narrowings } from '#features/agreements/narrowings.ts'
import { officeQuery, pageSizes, readOfficeFilters, sortedBy, sortings } from '#features/agreements/office-filters.ts'
import { agreementStates } from '#features/agreements/lifecycle.ts'
import { agreementKinds } from '#features/agreements/model.ts'
import { withQuery } from '#platform/paths.ts'

const read = (query: string) => readOfficeFilters(new URLSearchParams(query))
const written = (query: string) => withQuery('', officeQuery(read(query))).slice(1)
const someone = '01a208e0-c665-7126-afa7-09c0964228d6'

test('a list without anything in its address is the latest first', () => {
  expect(read('')).toMatchObject({ sort: 'updated', descending: true, page: 1, size: 50, view: 'list' })
  expect(written('')).toBe('')
  expect(isNarrowed(read('sort=title&size=100&view=timeline&page=2&partner_name=x'))).toBe(false)
})

test('what goes without saying is not written, and the order is one', () => {
  expect(written('page=1&sort=updated&order=desc&size=50&view=list&currency=USD&q=')).toBe('')
  expect(written('kind=technology_licence&q=a&state=draft&from=1,000.50')).toBe(
    'q=a&state=draft&kind=technology_licence&from=1000.5&currency=CNY',
  )
})

test.each([
  'state=sleeping',
  'kind=letter',
  'partner=1',
  `partner=${someone}&partner=${someone}`,
  'country=thailand',
  'country=th',
  'officer=me',
  'field=%3Cb%3E',
  'due=-2',
  'ends=-1',
  'reviewer=me',
  'officer=none',
  'release=granted',
  'confidential=maybe',
  'signed=2026',
  'signed=2026-02-30/2026-03-01',
  'begun=2026-03-02/2026-03-01',
  'ended=2026-1-1/2026-2-1',
  `renewed=2026-01-01/2026-12-31&renewed=2026-01-01/2026-12-31`,
  'due=99999',
  'due=soon',
  'from=abc',
  'from=-1',
  'to=1.200,50',
  'currency=XXQ',
  'year=20',
  'year=2525',
  'sort=colour',
  'order=up',
  'page=x',
  'size=7',
  'size=1000000',
  'view=map',
  `q=${'x'.repeat(101)}`,
  `from=${'9'.repeat(41)}`,
])('“%s” is no list of ours', (query) => {
  expect(() => read(query)).toThrow(expect.objectContaining({ code: 'bad_request' }))
})

test('a page before the first is not found', () => {
  expect(() => read('page=0')).toThrow(expect.objectContaining({ code: 'not_found' }))
})

describe('whatever is asked for', () => {
  const filters = fc
    .record(
      {
        q: fc.constantFrom('a', '合作 协议'),
        state: fc.subarray([...agreementStates]),
        kind: fc.subarray([...agreementKinds]),
        partner: fc.constant(someone),
        country: fc.constantFrom('TH', 'MM'),
        officer: fc.constantFrom(someone, 'nobody'),
        reviewer: fc.constant(someone),
        release: fc.constant('asked'),
        confidential: fc.constantFrom('yes', 'no'),
        ends: fc.integer({ min: 0, max: 365 }),
        signed: fc.constant('2026-01-01/2026-03-31'),
        begun: fc.constant('2026-01-01/2026-01-01'),
        ended: fc.constant('2025-01-01/2026-12-31'),
        renewed: fc.constant('0001-01-01/9999-12-31'),
        field: fc.constant('agriculture'),
        due: fc.integer({ min: -1, max: 365 }),
        from: fc.integer({ min: 0, max: 1e9 }),
        to: fc.integer({ min: 0, max: 1e9 }),
        currency: fc.constantFrom('CNY', 'VND'),
        year: fc.integer({ min: 1990, max: 2030 }),
        sort: fc.constantFrom(...sortings),
        order: fc.constantFrom('asc', 'desc'),
        size: fc.constantFrom(...pageSizes),
        page: fc.integer({ min: 1, max: 9 }),
      },
      { requiredKeys: [] },
    )
    .map((query) => withQuery('', query as never).slice(1))

  test('its address is read back as the same list', () => {
    fc.assert(
      fc.property(filters, (query) => {
        const once = written(query)
        expect(written(once)).toBe(once)
      }),
    )
  })

  test('taking every part away, one after the other, leaves the whole register', () => {
    fc.assert(
      fc.property(filters, (query) => {
        let left = read(query)
        const parts = narrowings(left).length
        for (let n = 0; n < parts; n += 1) left = narrowings(left)[0]?.without ?? left
        expect(isNarrowed(left)).toBe(false)
      }),
    )
  })

  test('a column chosen twice turns the order round', () => {
    fc.assert(
      fc.property(filters, fc.constantFrom(...sortings), (query, sort) => {
        const chosen = sortedBy(read(query), sort)
        expect(sortedBy(chosen, sort).descending).toBe(!chosen.descending)
        expect(chosen.page).toBe(1)
      }),
    )
  })
})
