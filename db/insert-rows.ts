import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Transaction } from './client.ts'

/** About as much as one statement carries well. */
const rowsAtOnce = 2000

/**
 * Inserts many rows, each statement with one parameter: as fast as COPY for rows of this size, and within the
 * transaction. Every row has the same keys; columns that none has get their defaults.
 * @param key a column that is unique: rows that are there by it already are written over, in place
 */
export async function insertRows<Table extends PgTable>(
  tx: Transaction,
  table: Table,
  rows: readonly Table['$inferInsert'][],
  key?: PgColumn,
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => key in first) as [string, PgColumn][]
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  )
  const name = getTableName(table)
  const written = columns.map(([, column]) => column.name).filter((column) => column !== key?.name)
  const over =
    key === undefined
      ? sql``
      : sql`on conflict (${sql.identifier(key.name)}) do update set ${sql.join(
          written.map((column) => sql`${sql.identifier(column)} = excluded.${sql.identifier(column)}`),
          sql`, `,
        )}`
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const part = rows.slice(start, start + rowsAtOnce).map((row) => {
      const values = row as Readonly<Record<string, unknown>>
      return Object.fromEntries(columns.map(([key, column]) => [column.name, values[key] ?? null]))
    })
    await tx.execute(sql`
      insert into ${sql.identifier(name)} (${names})
      select ${names} from json_populate_recordset(null::${sql.identifier(name)}, ${JSON.stringify(part)}::text::json) ${over}`)
  }
}
