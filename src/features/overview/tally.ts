/** What was counted under one key: how many, and what they are worth in ten-thousandths of their currency. */
export interface Tallied {
  readonly count: number
  readonly amount: bigint
  readonly technology: bigint
}

/** Counts by key; a key names what was counted, its parts joined by `/`. */
export type Tally = ReadonlyMap<string, Tallied>

const nothing: Tallied = { count: 0, amount: 0n, technology: 0n }

/** The counts of two sets of agreements that have none in common. */
export function addTallies(one: Tally, other: Tally): Tally {
  const sum = new Map(one)
  for (const [key, more] of other) {
    const before = sum.get(key) ?? nothing
    sum.set(key, {
      count: before.count + more.count,
      amount: before.amount + more.amount,
      technology: before.technology + more.technology,
    })
  }
  return sum
}

export function tallied(tally: Tally, ...key: readonly string[]): Tallied {
  return tally.get(key.join('/')) ?? nothing
}

/** The keys that begin so, without that beginning. */
export function keysUnder(tally: Tally, ...prefix: readonly string[]): string[] {
  const start = `${prefix.join('/')}/`
  return [...tally.keys()].filter((key) => key.startsWith(start)).map((key) => key.slice(start.length))
}
