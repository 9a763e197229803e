/**
 * Two sequences laid beside one another: as many elements as possible beside one with the same key, in the order of
 * both; the others alone. (The longest common subsequence; documents have a few dozen parts.)
 */
export function align<Item>(
  one: readonly Item[],
  other: readonly Item[],
  keyOf: (item: Item) => string,
): [Item | undefined, Item | undefined][] {
  const [keys, others] = [one.map(keyOf), other.map(keyOf)]
  // `common[a][b]`: how many stand beside one another from `a` and `b` on.
  const common = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0))
  const at = (a: number, b: number) => common[a]?.[b] ?? 0
  for (let a = one.length - 1; a >= 0; a--) {
    for (let b = other.length - 1; b >= 0; b--) {
      const row = common[a]
      if (row !== undefined)
        row[b] = keys[a] === others[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1))
    }
  }
  const pairs: [Item | undefined, Item | undefined][] = []
  let [a, b] = [0, 0]
  while (a < one.length || b < other.length) {
    if (a < one.length && b < other.length && keys[a] === others[b]) pairs.push([one[a++], other[b++]])
    else if (b === other.length || (a < one.length && at(a + 1, b) >= at(a, b + 1))) pairs.push([one[a++], undefined])
    else pairs.push([undefined, other[b++]])
  }
  return pairs
}
