import { and, count, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreements } from '#db/schema/index.ts'
import { type Actor, may } from '#features/accounts/model.ts'
import { confidentialTo, visibleTo } from './scope.ts'

type Counts = ReadonlyMap<string, number>

/** How many agreements there are in each state for this person. */
export async function countByState(database: Database, actor: Actor): Promise<Counts> {
  if (!may(actor, 'agreements.read_all')) return readCounts(database, visibleTo(actor))
  const [open, named] = await Promise.all([openCounts(database), readCounts(database, confidentialTo(actor))])
  const sum = new Map(open)
  for (const [state, n] of named) sum.set(state, (sum.get(state) ?? 0) + n)
  return sum
}

interface Kept {
  /** When the register last changed as far as these counts know. */
  readonly stamp: string | undefined
  readonly counts: Counts
}

/** Fewer are counted quickly enough each time. */
const worthKeeping = 10_000

const kept = new WeakMap<Database, Kept>()

/**
 * Counts of what is not confidential, which everybody who reads the register sees alike. Counting a large one takes
 * longer than showing a page of it, so they are kept until an agreement changes: each change of state or of
 * visibility moves its `updated_at`.
 */
async function openCounts(database: Database): Promise<Counts> {
  // Of all agreements, whoever may see them: one that becomes confidential changes these counts too.
  const [latest] = await database
    .select({ stamp: agreements.updatedAt })
    .from(agreements)
    .orderBy(sql`${agreements.updatedAt} desc nulls last`)
    .limit(1)
  const known = kept.get(database)
  if (known !== undefined && known.stamp === latest?.stamp) return known.counts
  const open = and(eq(agreements.origin, 'office'), ne(agreements.visibility, 'confidential'))
  const counts = await readCounts(database, open)
  const total = totalOf(counts)
  if (total > worthKeeping) kept.set(database, { stamp: latest?.stamp, counts })
  else kept.delete(database)
  return counts
}

async function readCounts(database: Database, where: SQL | undefined): Promise<Counts> {
  const rows = await database
    .select({ state: agreements.state, n: count() })
    .from(agreements)
    .where(where)
    .groupBy(agreements.state)
  return new Map(rows.map(({ state, n }) => [state ?? '', n]))
}

export function totalOf(counts: Counts): number {
  return [...counts.values()].reduce((sum, n) => sum + n, 0)
}
