import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementImportRows } from '#db/schema/index.ts'

/** Notes of rows, by their numbers, which agreements they became. */
export async function markDone(database: Queryable, importId: string, ids: ReadonlyMap<number, string>): Promise<void> {
  const rows = [...ids].map(([number, agreement]) => ({ number, agreement }))
  await database.execute(sql`
    update ${agreementImportRows} set state = 'done', problems = null, agreement_id = added.agreement
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as added(number int, agreement uuid)
    where ${agreementImportRows.importId} = ${importId} and ${agreementImportRows.number} = added.number`)
}
