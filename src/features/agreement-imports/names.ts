import { foldName } from './words-in-cells.ts'

/** What names stand for: partners, labs, facilities, each under all its names. */
export interface NameIndex {
  /** By the name folded: the ids that have it. */
  readonly ids: ReadonlyMap<string, readonly string[]>
}

export function nameIndex(rows: Iterable<{ readonly id: string; readonly name: string | null }>): NameIndex {
  const ids = new Map<string, string[]>()
  for (const { id, name } of rows) {
    const folded = foldName(name ?? '')
    if (folded === '') continue
    const known = ids.get(folded) ?? []
    if (!known.includes(id)) ids.set(folded, [...known, id])
  }
  return { ids }
}

export const idsNamed = ({ ids }: NameIndex, name: string): readonly string[] => ids.get(foldName(name)) ?? []

/** From this likeness on, a name is offered as a candidate. */
const likeEnough = 0.45
const mostCandidates = 8

/** Ids whose names are like this one, the likest first: those that hold it or that it holds, and near spellings. */
export function likeNamed({ ids }: NameIndex, name: string): string[] {
  const folded = foldName(name)
  if (folded.length < 2) return []
  const own = pairsOf(folded)
  const best = new Map<string, number>()
  for (const [other, named] of ids) {
    const like = likeness(folded, own, other)
    if (like < likeEnough) continue
    for (const id of named) best.set(id, Math.max(like, best.get(id) ?? 0))
  }
  return [...best]
    .toSorted(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1))
    .slice(0, mostCandidates)
    .map(([id]) => id)
}

function pairsOf(text: string): ReadonlyMap<string, number> {
  const pairs = new Map<string, number>()
  for (let at = 0; at < text.length - 1; at += 1) {
    const pair = text.slice(at, at + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

/** Sørensen and Dice's coefficient of the pairs of letters, 0 to 1; what holds the other is at least like enough. */
function likeness(one: string, pairs: ReadonlyMap<string, number>, other: string): number {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one]
  const isHeld = shorter.length >= 3 && longer.includes(shorter)
  if (!isHeld && shorter.length * 3 < longer.length) return 0
  let shared = 0
  for (const [pair, count] of pairsOf(other)) shared += Math.min(count, pairs.get(pair) ?? 0)
  const dice = (2 * shared) / Math.max(1, one.length + other.length - 2)
  return isHeld ? Math.max(dice, likeEnough) : dice
}
