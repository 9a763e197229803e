/** Longer keys rarely come again, and take room. */
const longestRemembered = 300

/**
 * A function whose results are remembered by its first argument, at most so many of them: then all are forgotten, which
 * costs less than knowing which are the oldest. For what lists say again and again, and what never changes.
 */
export function remembered<Rest extends readonly unknown[], Result>(
  most: number,
  make: (key: string, ...rest: Rest) => Result,
): (key: string, ...rest: Rest) => Result {
  const known = new Map<string, Result>()
  return (key, ...rest) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const result = make(key, ...rest)
    if (key.length > longestRemembered) return result
    if (known.size >= most) known.clear()
    known.set(key, result)
    return result
  }
}
