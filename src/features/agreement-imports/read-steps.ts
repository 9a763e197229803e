import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { insertRows } from '#db/insert-rows.ts'
import { agreementImportRows, agreementImports } from '#db/schema/index.ts'
import { type MergedCells, noFindings, type SheetRow, type Spreadsheet } from '#platform/spreadsheet/model.ts'
import { findHeader, headerDepth, type Header, headingsFrom } from './headings.ts'

/** Told now and then how many rows are done. */
export type OnProgress = (done: number) => Promise<void> | void

const rowsAtOnce = 1000
/** A merged area that is longer is a decoration, not a value of each of its rows. */
const longestMerged = 1000
const mergedAtOnce = 200

/**
 * Writes the rows of the sheet into the batch, some at a time and in flat memory; those of a reading that broke off
 * are replaced. The headings are found in the first of them.
 * @throws SheetError
 */
export async function readRows(
  database: Queryable,
  importId: string,
  book: Spreadsheet,
  sheet: string,
  onProgress: OnProgress,
): Promise<Header> {
  const findings = noFindings()
  await database.delete(agreementImportRows).where(eq(agreementImportRows.importId, importId))
  let [waiting, done]: [SheetRow[], number] = [[], 0]
  let top: SheetRow[] = []
  const write = async () => {
    const rows = waiting.map(({ number, cells }) => ({
      importId,
      number,
      cells: cells.map((cell) => cell.replaceAll('\u0000', '').toWellFormed()),
      state: 'unchecked' as const,
      mended: false,
    }))
    await database.transaction((tx) => insertRows(tx, agreementImportRows, rows))
    done += waiting.length
    waiting = []
    await onProgress(done)
  }
  for await (const row of book.rows(sheet, findings)) {
    if (top.length < headerDepth) top = [...top, row]
    waiting.push(row)
    if (waiting.length === rowsAtOnce) await write()
  }
  if (waiting.length > 0) await write()
  await fillMerged(database, importId, findings.merged)
  const header = findHeader(top)
  await database
    .update(agreementImports)
    .set({
      sheet,
      headerRow: header.row,
      headerRows: header.rows,
      headings: [...header.headings],
      findings: { formulas: findings.formulas, emptyRows: findings.emptyRows, merged: findings.merged.length },
    })
    .where(eq(agreementImports.id, importId))
  return header
}

/** The rows among which headings are looked for, as they are in the batch. */
export async function topRows(database: Queryable, importId: string, count: number = headerDepth): Promise<SheetRow[]> {
  return database
    .select({ number: agreementImportRows.number, cells: agreementImportRows.cells })
    .from(agreementImportRows)
    .where(eq(agreementImportRows.importId, importId))
    .orderBy(asc(agreementImportRows.number))
    .limit(count)
}

/** The headings where somebody says that they stand. */
export async function headingsAt(database: Queryable, importId: string, row: number, count: 1 | 2): Promise<string[]> {
  const rows = await database
    .select({ number: agreementImportRows.number, cells: agreementImportRows.cells })
    .from(agreementImportRows)
    .where(and(eq(agreementImportRows.importId, importId), inArray(agreementImportRows.number, [row, row + 1])))
  return headingsFrom(rows, row, count)
}

/** Cells that are one from above to below have one value: each of their rows gets it. */
async function fillMerged(database: Queryable, importId: string, all: readonly MergedCells[]): Promise<void> {
  const tall = all.filter(
    ({ firstRow, lastRow }) => lastRow > firstRow && lastRow - firstRow < longestMerged && firstRow > 0,
  )
  for (let start = 0; start < tall.length; start += mergedAtOnce) {
    const merged = tall.slice(start, start + mergedAtOnce)
    const numbers = merged.flatMap(({ firstRow, lastRow }) =>
      Array.from({ length: lastRow - firstRow + 1 }, (_, index) => firstRow + index),
    )
    const rows = await database
      .select({ number: agreementImportRows.number, cells: agreementImportRows.cells })
      .from(agreementImportRows)
      .where(
        and(eq(agreementImportRows.importId, importId), inArray(agreementImportRows.number, [...new Set(numbers)])),
      )
    const cells = new Map(rows.map((row) => [row.number, [...row.cells]]))
    const changed = new Set<number>()
    for (const { firstRow, lastRow, firstColumn } of merged) {
      const value = cells.get(firstRow)?.[firstColumn] ?? ''
      if (value === '') continue
      for (let number = firstRow + 1; number <= lastRow; number += 1) {
        const row = cells.get(number)
        if (row === undefined || (row[firstColumn] ?? '') !== '') continue
        while (row.length < firstColumn) row.push('')
        row[firstColumn] = value
        changed.add(number)
      }
    }
    const written = JSON.stringify([...changed].map((number) => ({ number, cells: cells.get(number) })))
    await database.execute(sql`
      update ${agreementImportRows} set cells = filled.cells
      from json_to_recordset(${written}::text::json) as filled(number int, cells text[])
      where ${agreementImportRows.importId} = ${importId} and ${agreementImportRows.number} = filled.number`)
  }
}

/** Rows that are headings or stand above them are no agreements. */
export const isHeading = (headerRow: number, headerRows: number) =>
  lte(agreementImportRows.number, headerRow + headerRows - 1)
