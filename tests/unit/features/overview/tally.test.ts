import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dashboardOf } from '#features/overview/model.ts'
import { addTallies, keysUnder, type Tally, tallied } from '#features/overview/tally.ts'

const tally = fc
  .dictionary(
    fc.constantFrom('state/in_force', 'country/TH/technology', 'country/TH/other', 'value/CNY', 'waits/review/x'),
    fc.record({ count: fc.nat(1000), amount: fc.bigInt(0n, 10n ** 20n), technology: fc.bigInt(0n, 10n ** 20n) }),
  )
  .map((entries): Tally => new Map(Object.entries(entries)))

test('adding tallies loses nothing, adds nothing, and does not ask which comes first', () => {
  fc.assert(
    fc.property(tally, tally, (one, other) => {
      const sum = addTallies(one, other)
      expect(sum).toEqual(addTallies(other, one))
      for (const key of new Set([...one.keys(), ...other.keys()])) {
        expect(tallied(sum, key).count).toBe(tallied(one, key).count + tallied(other, key).count)
        expect(tallied(sum, key).amount).toBe(tallied(one, key).amount + tallied(other, key).amount)
      }
    }),
  )
})

test('keys are found below what they begin with, and not beside it', () => {
  const some: Tally = new Map(
    ['year/2025/other', 'years', 'year/2026/technology'].map((key) => [key, tallied(new Map(), '')]),
  )
  expect(keysUnder(some, 'year')).toEqual(['2025/other', '2026/technology'])
})

describe('the dashboard', () => {
  const one = (count: number, amount = 0n, technology = 0n) => ({ count, amount, technology })
  const today = Temporal.PlainDate.from('2026-03-02')

  test('puts the most first, the latest year first, and each half beside the other', () => {
    const { countries, years, signedThisYear } = dashboardOf(
      new Map([
        ['country/TH/technology', one(2)],
        ['country/VN/other', one(3)],
        ['country/VN/technology', one(1)],
        ['year/2024/other', one(9)],
        ['year/2026/other', one(1)],
      ]),
      today,
    )
    expect(
      countries.map(({ country, technology, other, all }) => [country, technology.count, other.count, all.count]),
    ).toEqual([
      ['VN', 1, 3, 4],
      ['TH', 2, 0, 2],
    ])
    expect(years.map(({ year }) => year)).toEqual([2026, 2024])
    expect(signedThisYear).toEqual({ count: 1, query: { signed: '2026-01-01/2026-12-31' } })
  })

  test('values are exact decimals of their currency, with the part that is for technology', () => {
    const { values } = dashboardOf(
      new Map([
        ['value/CNY', one(2, 90_071_992_547_409_930_001n, 45_035_996_273_704_965_000n)],
        ['value/VND', one(1, 0n)],
      ]),
      today,
    )
    expect(values).toMatchObject([
      { currency: 'CNY', value: '9007199254740993.0001', technology: '4503599627370496.5', share: 499 },
      { currency: 'VND', value: '0', share: 0 },
    ])
  })

  test('nothing counted is nothing shown', () => {
    expect(dashboardOf(new Map(), today)).toMatchObject({
      inForce: { count: 0 },
      countries: [],
      kinds: [],
      years: [],
      waiting: [],
      values: [],
    })
  })
})
