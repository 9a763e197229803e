import { and, asc, count, desc, eq, gt, gte, or, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementImportRows, agreementImports, agreementImportWork, users } from '#db/schema/index.ts'
import { type Actor, may } from '#features/accounts/model.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import { type RowProblem, type RowState, rowStates } from './model.ts'

/**
 * The batches that someone may see: one's own, and others' in which nothing is for the people named alone. Before it
 * is checked nobody knows that of a batch. The command line is run by the operator, who has the database anyway.
 */
export function importsVisibleTo(actor: Actor): SQL {
  if (!may(actor, 'agreements.import')) return sql`false`
  if (actor.kind !== 'user') return sql`true`
  return or(eq(agreementImports.createdBy, actor.id), eq(agreementImports.confidential, false)) as SQL
}

export type ImportBatch = typeof agreementImports.$inferSelect

/** @throws DomainError `not_found` also for what may not be seen */
export async function requireImport(database: Queryable, actor: Actor, id: string): Promise<ImportBatch> {
  const [row] = isUuid(id)
    ? await database
        .select()
        .from(agreementImports)
        .where(and(eq(agreementImports.id, id), importsVisibleTo(actor)))
    : []
  if (row === undefined) throw new DomainError('not_found')
  return row
}

/** The same, and nobody else changes it until the transaction ends. @throws DomainError as above */
export async function lockImport(tx: Queryable, actor: Actor, id: string): Promise<ImportBatch> {
  const [row] = isUuid(id)
    ? await tx
        .select()
        .from(agreementImports)
        .where(and(eq(agreementImports.id, id), importsVisibleTo(actor)))
        .for('update')
    : []
  if (row === undefined) throw new DomainError('not_found')
  return row
}

export type RowCounts = Readonly<Record<RowState, number>>

/** Rows below the headings. */
const isData = gte(agreementImportRows.number, sql`${agreementImports.headerRow} + ${agreementImports.headerRows}`)

export async function countsOf(database: Queryable, id: string): Promise<RowCounts> {
  const rows = await database
    .select({ state: agreementImportRows.state, n: count() })
    .from(agreementImportRows)
    .innerJoin(agreementImports, eq(agreementImports.id, agreementImportRows.importId))
    .where(and(eq(agreementImportRows.importId, id), isData))
    .groupBy(agreementImportRows.state)
  const none = Object.fromEntries(rowStates.map((state) => [state, 0])) as Record<RowState, number>
  return { ...none, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) }
}

export interface ImportRow {
  readonly number: number
  readonly cells: readonly string[]
  readonly state: RowState
  readonly mended: boolean
  readonly problems: readonly RowProblem[]
  readonly agreementId: string | null
}

const rowColumns = {
  number: agreementImportRows.number,
  cells: agreementImportRows.cells,
  state: agreementImportRows.state,
  mended: agreementImportRows.mended,
  problems: agreementImportRows.problems,
  agreementId: agreementImportRows.agreementId,
}

const rowOf = (row: { readonly [Key in keyof typeof rowColumns]: (typeof agreementImportRows.$inferSelect)[Key] }) => ({
  ...row,
  problems: (row.problems ?? []) as readonly RowProblem[],
})

export const rowsAtOnce = 50

/** A page of the rows of one state; of all where none is named. */
export async function rowsOf(
  database: Queryable,
  id: string,
  state: RowState | undefined,
  page: number,
): Promise<readonly ImportRow[]> {
  const rows = await database
    .select(rowColumns)
    .from(agreementImportRows)
    .innerJoin(agreementImports, eq(agreementImports.id, agreementImportRows.importId))
    .where(
      and(
        eq(agreementImportRows.importId, id),
        state === undefined ? undefined : eq(agreementImportRows.state, state),
        isData,
      ),
    )
    .orderBy(asc(agreementImportRows.number))
    .limit(rowsAtOnce)
    .offset((page - 1) * rowsAtOnce)
  return rows.map(rowOf)
}

/** @throws DomainError `not_found` */
export async function requireRow(database: Queryable, id: string, number: number): Promise<ImportRow> {
  const [row] = await database
    .select(rowColumns)
    .from(agreementImportRows)
    .innerJoin(agreementImports, eq(agreementImports.id, agreementImportRows.importId))
    .where(and(eq(agreementImportRows.importId, id), eq(agreementImportRows.number, number), isData))
  if (row === undefined) throw new DomainError('not_found')
  return rowOf(row)
}

/** Everything that is wrong, row by row, some rows at a time. */
export async function* wrongRows(database: Queryable, id: string): AsyncGenerator<ImportRow> {
  for (let last = 0; ;) {
    const rows = await database
      .select(rowColumns)
      .from(agreementImportRows)
      .where(
        and(
          eq(agreementImportRows.importId, id),
          eq(agreementImportRows.state, 'wrong'),
          gt(agreementImportRows.number, last),
        ),
      )
      .orderBy(asc(agreementImportRows.number))
      .limit(500)
    if (rows.length === 0) return
    for (const row of rows) yield rowOf(row)
    last = rows.at(-1)?.number ?? last
  }
}

/** Names of parties that wait for a decision, each with how many rows have it; the most frequent first. */
export async function undecidedNames(
  database: Queryable,
  id: string,
  most: number,
): Promise<readonly { readonly name: string; readonly rows: number }[]> {
  return database.execute<{ name: string; rows: number }>(sql`
    select problem -> 'params' ->> 'name' as name, count(*)::int as rows
    from ${agreementImportRows}, jsonb_array_elements(problems) problem
    where ${agreementImportRows.importId} = ${id} and ${agreementImportRows.state} = 'wrong'
      and problem ->> 'code' = 'import_partner'
    group by 1 order by 2 desc, 1 limit ${most}`)
}

/** A day that waits for an answer which of day and month comes first. */
export async function ambiguousDay(
  database: Queryable,
  id: string,
): Promise<
  { readonly value: string; readonly first: string; readonly second: string; readonly rows: number } | undefined
> {
  const [row] = await database.execute<{ value: string; first: string; second: string; rows: number }>(sql`
    select (array_agg(problem -> 'params' ->> 'value'))[1] as value,
      (array_agg(problem -> 'params' ->> 'first'))[1] as first,
      (array_agg(problem -> 'params' ->> 'second'))[1] as second, count(*)::int as rows
    from (select problem from ${agreementImportRows}, jsonb_array_elements(problems) problem
      where ${agreementImportRows.importId} = ${id} and ${agreementImportRows.state} = 'wrong'
        and problem ->> 'code' = 'date_ambiguous' order by number) found`)
  return row === undefined || row.rows === 0 ? undefined : row
}

export interface ListedImport {
  readonly id: string
  readonly fileName: string
  readonly state: ImportBatch['state']
  readonly createdAt: string
  readonly by: string | null
  readonly wrong: number
  readonly ready: number
  readonly done: number
}

/** The latest batches. */
export async function latestImports(database: Queryable, actor: Actor): Promise<readonly ListedImport[]> {
  const of = (state: RowState) =>
    sql<number>`(select count(*)::int from ${agreementImportRows} where ${agreementImportRows.importId} = ${agreementImports.id}
      and ${agreementImportRows.state} = ${state} and ${isData})`
  return database
    .select({
      id: agreementImports.id,
      fileName: agreementImports.fileName,
      state: agreementImports.state,
      createdAt: agreementImports.createdAt,
      by: sql<string | null>`coalesce(${users.name}, ${users.email})`,
      wrong: of('wrong'),
      ready: of('ready'),
      done: of('done'),
    })
    .from(agreementImports)
    .leftJoin(users, eq(users.id, agreementImports.createdBy))
    .where(importsVisibleTo(actor))
    .orderBy(desc(agreementImports.createdAt), desc(agreementImports.id))
    .limit(30)
}

export interface Progress {
  readonly stage: 'read' | 'check' | 'commit'
  readonly done: number
  readonly total: number
  /** Nobody has said for a while that the work goes on: it was broken off. */
  readonly stalled: boolean
}

/** Seconds without a sign of life after which work counts as broken off. */
export const patienceSeconds = 60

export async function progressFor(
  database: Queryable,
  id: string,
  now: Temporal.Instant,
): Promise<Progress | undefined> {
  const [row] = await database.select().from(agreementImportWork).where(eq(agreementImportWork.importId, id))
  if (row === undefined) return undefined
  const silent = Temporal.Instant.from(row.at).until(now).total('seconds')
  return { stage: row.stage, done: row.done, total: row.total, stalled: silent > patienceSeconds }
}
