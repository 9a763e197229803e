import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementOriginals, agreementPowers, agreements, agreementSeals } from '#db/schema/index.ts'
import { type Filing, type Paper, paperFields, type PaperKind, type PaperValues } from './model.ts'

export const paperTables = { seal: agreementSeals, power: agreementPowers, original: agreementOriginals } as const

/** The rows of an agreement that the actor is known to see, in the order in which they were added. */
export async function papersOf(database: Queryable, agreementId: string): Promise<Paper[]> {
  const kinds = Object.keys(paperTables) as PaperKind[]
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const table = paperTables[kind]
      const rows = await database
        .select()
        .from(table as typeof agreementSeals)
        .where(eq(table.agreementId, agreementId))
        .orderBy(asc(table.id))
      return rows.map((row): Paper => ({ id: row.id, kind, values: valuesOf(kind, row) }))
    }),
  )
  return found.flat()
}

const valuesOf = (kind: PaperKind, row: Readonly<Record<string, unknown>>): PaperValues =>
  Object.fromEntries(Object.keys(paperFields[kind]).map((field) => [field, (row[field] ?? null) as string | null]))

export async function filingOf(database: Queryable, agreementId: string): Promise<Filing> {
  const [row] = await database
    .select({
      archiveNumber: agreements.archiveNumber,
      retention: agreements.retention,
      filedOn: agreements.filedOn,
      filingDue: agreements.filingDue,
    })
    .from(agreements)
    .where(eq(agreements.id, agreementId))
  return row ?? { archiveNumber: null, retention: null, filedOn: null, filingDue: null }
}
