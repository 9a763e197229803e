import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'

/**
 * Whether an id is one of these. As one value whatever their number, where `inArray` makes a statement of its own for
 * each length and a part of it for each id.
 * @param ids UUIDs; none of them is one of none
 */
export function among(column: AnyPgColumn, ids: Iterable<string>): SQL<boolean> {
  return sql<boolean>`${column} = any(${sql.param([...ids])}::uuid[])`
}
