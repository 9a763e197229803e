import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import { mendRow } from './commands.ts'
import type { ImportVisit } from './import-work.ts'
import { cellsKey, limits, settingsFrom } from './model.ts'
import { type ImportBatch, type ImportRow, requireImport, requireRow } from './queries.ts'

/** What the page of a row shows: never less than what was typed. */
export interface RowWork {
  readonly batch: ImportBatch
  readonly row: ImportRow
  readonly cells: readonly string[]
  readonly cellsKey: string
  readonly problems: readonly FieldProblem[]
  readonly status: number
}

/** Opens a row, or changes it. @throws DomainError `not_found` and what no form of ours sends */
export async function workOnRow(
  context: AppContext,
  { actor, form, resumed }: ImportVisit,
  { id, number }: { readonly id: string; readonly number: string },
): Promise<RowWork | { readonly saved: string }> {
  const { database } = context
  const batch = await requireImport(database, actor, id)
  if (!/^\d{1,7}$/.test(number)) throw new DomainError('not_found')
  const row = await requireRow(database, id, Number(number))
  const key = cellsKey(row.cells)
  const shown = { batch, row, cells: row.cells, cellsKey: key, problems: [], status: 200 }
  if (form === undefined) return shown
  const { columns } = settingsFrom(batch.settings)
  const mapped = columns.flatMap((target, column) => (target === '' ? [] : [column]))
  const fields = readFields(form, ['do', 'cellsKey', ...mapped.map((column) => `cell.${column}`)])
  const cells = Array.from(
    { length: Math.max(row.cells.length, columns.length) },
    (_, column) => row.cells[column] ?? '',
  )
  for (const column of mapped) cells[column] = fields.text(`cell.${column}`).replaceAll('\r\n', '\n')
  while (cells.at(-1) === '') cells.pop()
  const typed = { ...shown, cells, cellsKey: fields.text('cellsKey') }
  if (resumed) return typed
  const button = fields.text('do')
  const long = mapped.find((column) => (cells[column] ?? '').length > limits.cell)
  if (long !== undefined) {
    const params = { max: limits.cell, length: (cells[long] ?? '').length }
    return { ...typed, problems: [{ path: `cell.${long}`, code: 'too_long', params }], status: 422 }
  }
  const change = { id, number: row.number, cellsKey: typed.cellsKey }
  if (button === 'save') return { saved: await mendRow(context, actor, { ...change, cells, left: false }) }
  if (button === 'leave' || button === 'take_back') {
    return { saved: await mendRow(context, actor, { ...change, left: button === 'leave' }) }
  }
  throw new DomainError('bad_request', { parameter: 'do' })
}
