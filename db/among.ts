import { Placeholder, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'

/**
 * Whether an id is one of these. As one value whatever their number, where `inArray` makes a statement of its own for
 * each length and a part of it for each id.
 * @param ids UUIDs, or a placeholder for an array of them; none of them is one of none
 */
export function among(column: AnyPgColumn, ids: Iterable<string> | Placeholder): SQL<boolean> {
  const given = ids instanceof Placeholder ? ids : sql.param([...ids])
  return sql<boolean>`${column} = any(${given}::uuid[])`
}
