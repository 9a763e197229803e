import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalsOf, isCurrency, parseAmount } from '#features/agreements/amount.ts'

test.each([
  ['1200000', '1200000'],
  ['1,200,000.50', '1200000.5'],
  [' 12 000 ', '12000'],
  ['００１２', '12'],
  ['๑๒๓', '123'],
  ['၁၂၃', '123'],
  ['0.10', '0.1'],
  ['1.125', '1.125'],
  ['1200.000', '1200'],
  ['0', '0'],
])('%s is %s', (typed, amount) => {
  expect(parseAmount(typed)).toEqual({ amount })
})

test.each([
  ['-5', 'amount_negative'],
  ['−5', 'amount_negative'],
  ['1.200,50', 'amount'],
  ['1.200', 'amount'],
  ['350.000', 'amount'],
  ['1.200.000', 'amount'],
  ['12,34', 'amount'],
  ['1e3', 'amount'],
  ['NaN', 'amount'],
  ['.5', 'amount'],
  ['一百', 'amount'],
  ['1000000000000000', 'amount_large'],
])('%s is refused: %s', (typed, problem) => {
  expect(parseAmount(typed)).toEqual({ problem })
})

test('whatever is accepted is plain decimal text of the same number', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.nat({ max: 99 }), (whole, cents) => {
      const typed = `${whole.toLocaleString('en')}.${String(cents).padStart(2, '0')}`
      const parsed = parseAmount(typed)
      expect('amount' in parsed && /^(0|[1-9]\d*)(\.\d*[1-9])?$/.test(parsed.amount)).toBe(true)
      const [left, right = ''] = 'amount' in parsed ? parsed.amount.split('.') : []
      expect(BigInt(left ?? -1)).toBe(whole)
      expect(right.padEnd(2, '0')).toBe(String(cents).padStart(2, '0'))
    }),
  )
})

test('currencies are ISO 4217 codes with their own decimals', () => {
  expect([isCurrency('CNY'), isCurrency('MMK'), isCurrency('XYZ'), isCurrency('cny')]).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect([decimalsOf('CNY'), decimalsOf('VND'), decimalsOf('KWD')]).toEqual([2, 0, 3])
})
