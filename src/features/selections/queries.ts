import { asc, eq, inArray } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { keptSelections } from '#db/schema/index.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import type { SelectionContents } from './model.ts'
import { contentsOf } from './own.ts'

export interface KeptSelection extends SelectionContents {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly notes: string | null
  /** Who changed it last. */
  readonly by: string | undefined
  readonly updatedAt: Temporal.Instant
}

/** All selections that staff keep, by name. */
export async function keptSelectionsOf(database: Queryable): Promise<readonly KeptSelection[]> {
  return withNames(database, await database.select().from(keptSelections).orderBy(asc(keptSelections.name)))
}

/** Kept selections by their ids, in the order of the ids; those that were forgotten are left out. */
export async function keptByIds(database: Queryable, ids: readonly string[]): Promise<readonly KeptSelection[]> {
  if (ids.length === 0) return []
  const rows = await database
    .select()
    .from(keptSelections)
    .where(inArray(keptSelections.id, [...ids]))
  const found = new Map((await withNames(database, rows)).map((kept) => [kept.id, kept]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** @throws DomainError `not_found` */
export async function requireKept(database: Queryable, id: string): Promise<KeptSelection> {
  const [kept] = isUuid(id)
    ? await withNames(database, await database.select().from(keptSelections).where(eq(keptSelections.id, id)))
    : []
  if (kept === undefined) throw new DomainError('not_found')
  return kept
}

async function withNames(
  database: Queryable,
  rows: readonly (typeof keptSelections.$inferSelect)[],
): Promise<KeptSelection[]> {
  const people = await namesOfUsers(
    database,
    rows.map((row) => row.updatedBy),
  )
  return rows.map((row) => ({
    ...contentsOf(row),
    id: row.id,
    version: row.version,
    name: row.name,
    notes: row.notes,
    by: people.get(row.updatedBy ?? ''),
    updatedAt: Temporal.Instant.from(row.updatedAt),
  }))
}
