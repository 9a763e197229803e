import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'

/**
 * Questions that were answered with more agreements than a list counts. Whoever sorts such a list or turns its pages
 * asks the same again, and everybody comes to it by the same links; finding out once more that they are too many takes
 * as long as showing them. Which agreements they are is asked anew each time.
 */

const rememberedMs = 60_000

/** Of a process; many are of one afternoon's search. */
const mostRemembered = 2000

const crowded = new WeakMap<Database, Map<string, number>>()
const dialect = new PgDialect()

function textOf(question: SQL): string {
  const { sql, params } = dialect.sqlToQuery(question)
  return JSON.stringify([sql, params])
}

export function isCrowded(database: Database, question: SQL): boolean {
  const known = crowded.get(database)
  if (known === undefined) return false
  const text = textOf(question)
  const until = known.get(text)
  if (until === undefined) return false
  if (performance.now() < until) return true
  known.delete(text)
  return false
}

export function markCrowded(database: Database, question: SQL): void {
  const known = crowded.get(database) ?? new Map<string, number>()
  if (known.size >= mostRemembered) known.clear()
  known.set(textOf(question), performance.now() + rememberedMs)
  crowded.set(database, known)
}
