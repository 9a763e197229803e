import { asciiDigits, normaliseText } from '#platform/text/normalise.ts'

let currencies: ReadonlySet<string> | undefined

/** Whether it is an ISO 4217 code (former ones included: old agreements have them). */
export function isCurrency(code: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf('currency'))
  return currencies.has(code)
}

/** The decimals that amounts in this currency may have: 2 for CNY, 0 for VND. */
export function decimalsOf(currency: string): number {
  const known = decimals.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const found = format.resolvedOptions().maximumFractionDigits ?? 2
  decimals.set(currency, found)
  return found
}

/** `Intl` objects are dear to build, and an import asks ten thousand times. */
const decimals = new Map<string, number>()

const integerDigits = 15

export type AmountProblem = 'amount' | 'amount_negative' | 'amount_large'

/**
 * An amount as typed (`1,200,000.50`, digits of any script here) as plain decimal text; never a float. A comma counts
 * only between groups of three: `1.200,50` is refused rather than guessed at, and so is `1.200`, which a Vietnamese
 * reader means as twelve hundred.
 */
export function parseAmount(typed: string): { amount: string } | { problem: AmountProblem } {
  const text = asciiDigits(normaliseText(typed).normalize('NFKC')).replaceAll(/\s/g, '')
  if (/^[-−–]\d/.test(text)) return { problem: 'amount_negative' }
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(text)) return { problem: 'amount' }
  if (/^\d{1,3}\.\d\d0$/.test(text)) return { problem: 'amount' }
  const [whole = '', fraction = ''] = text.replaceAll(',', '').split('.')
  const digits = whole.replace(/^0+(?=\d)/, '')
  if (digits.length > integerDigits) return { problem: 'amount_large' }
  const decimals = fraction.replace(/0+$/, '')
  return { amount: decimals === '' ? digits : `${digits}.${decimals}` }
}

export function decimalsIn(amount: string): number {
  return amount.split('.')[1]?.length ?? 0
}
