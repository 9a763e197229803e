/** What an agreement is to an earlier one: its later version, its replacement, or what carries it out. */
export const linkKinds = ['follows', 'replaces', 'implements'] as const

export type LinkKind = (typeof linkKinds)[number]

/** Words that somebody searches by, at most so many characters. */
export const longestSearch = 100

/** Links as pairs: the later agreement, the earlier one. */
export type Pair = readonly [later: string, earlier: string]

/** Whether one more link would lead from an agreement, by way of earlier ones, back to itself. */
export function closesCircle(links: readonly Pair[], [later, earlier]: Pair): boolean {
  const before = Map.groupBy(links, ([from]) => from)
  const seen = new Set<string>()
  const open = [earlier]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === later) return true
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...(before.get(id) ?? []).map(([, to]) => to))
  }
  return false
}
