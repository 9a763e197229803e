import { count, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { visibleTo } from './scope.ts'

type Counts = ReadonlyMap<string, number>

interface Kept {
  /** When the register last changed as far as these counts know. */
  readonly stamp: string | undefined
  readonly counts: Promise<Counts>
}

const peopleKept = 200

/** By database, and within it by person: what somebody may see is nobody else's business. */
const kept = new WeakMap<Database, Map<string, Kept>>()

/**
 * How many agreements there are in each state for this person. Counting a large register takes longer than showing a
 * page of it, so the counts are kept until an agreement changes (each change of state or of who may see moves its
 * `updated_at`).
 */
export async function countByState(database: Database, actor: Actor): Promise<Counts> {
  // Of all agreements, whoever may see them: one that is taken out of sight changes the counts too.
  const [latest] = await database
    .select({ stamp: agreements.updatedAt })
    .from(agreements)
    .orderBy(sql`${agreements.updatedAt} desc nulls last`)
    .limit(1)
  const people = kept.get(database) ?? new Map<string, Kept>()
  kept.set(database, people)
  const key = actor.kind === 'user' ? `${actor.id} ${actor.roles.join()}` : actor.kind
  const known = people.get(key)
  if (known !== undefined && known.stamp === latest?.stamp) return known.counts
  const counts = readCounts(database, actor)
  people.delete(key)
  people.set(key, { stamp: latest?.stamp, counts })
  if (people.size > peopleKept) people.delete(people.keys().next().value ?? '')
  counts.catch(() => people.delete(key))
  return counts
}

async function readCounts(database: Database, actor: Actor): Promise<Counts> {
  const rows = await database
    .select({ state: agreements.state, n: count() })
    .from(agreements)
    .where(visibleTo(actor))
    .groupBy(agreements.state)
  return new Map(rows.map(({ state, n }) => [state ?? '', n]))
}
