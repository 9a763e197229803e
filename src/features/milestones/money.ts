/** Decimal text with up to four decimals, as the database keeps amounts, in ten-thousandths: exact, never a float. */
export function toUnits(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(whole) * 10_000n + BigInt(fraction.slice(0, 4).padEnd(4, '0'))
}

export function fromUnits(units: bigint): string {
  const fraction = String(units % 10_000n)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return fraction === '' ? String(units / 10_000n) : `${units / 10_000n}.${fraction}`
}

/** `numeric` comes with all its decimals: `1200.5000`. */
export const plainDecimal = (amount: string) => fromUnits(toUnits(amount))

export interface PaymentLine {
  readonly due: Temporal.PlainDate
  /** Plain decimal text. */
  readonly amount: string
  readonly currency: string
  /** What was paid of it; null: nothing. */
  readonly paid: string | null
}

/** What is agreed, due by a day, and paid, in one currency. Decimal text. */
export interface PaymentTotal {
  readonly currency: string
  readonly agreed: string
  readonly due: string
  readonly paid: string
}

/** Payments added up for each currency by itself; one currency is never added to another. */
export function paymentTotals(lines: readonly PaymentLine[], today: Temporal.PlainDate): PaymentTotal[] {
  const currencies = [...new Set(lines.map(({ currency }) => currency))].sort()
  return currencies.map((currency) => {
    const own = lines.filter((line) => line.currency === currency)
    const sum = (amounts: readonly (string | null)[]) =>
      fromUnits(amounts.reduce((total, amount) => total + (amount === null ? 0n : toUnits(amount)), 0n))
    const reached = own.filter(({ due }) => Temporal.PlainDate.compare(due, today) <= 0)
    return {
      currency,
      agreed: sum(own.map(({ amount }) => amount)),
      due: sum(reached.map(({ amount }) => amount)),
      paid: sum(own.map(({ paid }) => paid)),
    }
  })
}
