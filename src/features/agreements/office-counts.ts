import { and, count, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { agreements } from '#db/schema/index.ts'
import { type Actor, may } from '#features/accounts/model.ts'
import { confidentialTo, visibleTo } from './scope.ts'

type Counts = ReadonlyMap<string, number>

/** How many agreements there are in each state for this person. */
export async function countByState(database: Database, actor: Actor): Promise<Counts> {
  if (actor.kind !== 'user' || !may(actor, 'agreements.read_all')) return readCounts(database, visibleTo(actor))
  const [row] = await stampAndNamed(database, { userId: actor.id })
  const sum = new Map(await openCounts(database, row?.stamp ?? null))
  for (const [state, n] of Object.entries(row?.named ?? {})) sum.set(state, (sum.get(state) ?? 0) + n)
  return sum
}

/**
 * When the register last changed (any agreement of it, whoever may see it: one that becomes confidential changes what
 * is open as well), and how many confidential agreements somebody sees in each state.
 */
const stampAndNamed = keptQuery<{ userId: string }>()((database, value) => {
  const confidential = confidentialTo(value('userId'))
  const latest = sql`${agreements.updatedAt} desc nulls last`
  return database
    .select({
      stamp: sql<string | null>`(select ${agreements.updatedAt} from ${agreements} order by ${latest} limit 1)`,
      named: sql<Record<string, number>>`(
        select coalesce(jsonb_object_agg(state, n), '{}')
        from (select ${agreements.state}, count(*) as n from ${agreements} where ${confidential} group by 1) as counted)`,
    })
    .from(sql`(select 1) as one`)
})

interface Kept {
  /** When the register last changed as far as these counts know. */
  readonly stamp: string | null
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
async function openCounts(database: Database, stamp: string | null): Promise<Counts> {
  const known = kept.get(database)
  if (known !== undefined && known.stamp === stamp) return known.counts
  const open = and(eq(agreements.origin, 'office'), ne(agreements.visibility, 'confidential'))
  const counts = await readCounts(database, open)
  const total = totalOf(counts)
  if (total > worthKeeping) kept.set(database, { stamp, counts })
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
