import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { type CellValue, type ColumnDef, writeXlsxStream } from 'hucre/xlsx'
import { headingOf, type SheetColumn, type SheetForm } from '#features/agreements/sheet-columns.ts'
import type { ExportedAgreement } from './model.ts'
import { type Cell, rowOf, type SheetReader } from './rows.ts'

const longestSheetName = 31

const top = { vertical: 'top' } as const

const styles: Readonly<Record<SheetForm, Pick<ColumnDef, 'style' | 'numFmt'>>> = {
  text: { style: { alignment: { ...top, wrapText: true } } },
  lines: { style: { alignment: { ...top, wrapText: true } } },
  date: { style: { alignment: { ...top, horizontal: 'left' } }, numFmt: 'yyyy-mm-dd' },
  amount: { style: { alignment: top }, numFmt: '#,##0.00##' },
  count: { style: { alignment: top }, numFmt: '0' },
  choice: { style: { alignment: top } },
  tag: { style: { alignment: top } },
  tags: { style: { alignment: top } },
}

/**
 * A workbook of one sheet, written as it is read. Text is typed as text, so that nothing in it is ever a formula; days
 * are dates; the heads stay in sight.
 */
export function xlsxStream(
  agreements: AsyncIterable<ExportedAgreement>,
  columns: readonly SheetColumn[],
  reader: SheetReader,
): Readable {
  async function* rows(): AsyncGenerator<CellValue[]> {
    for await (const agreement of agreements) {
      yield rowOf(agreement, columns, reader).map((cell, n) => valueOf(cell, columns[n]?.form ?? 'text'))
    }
  }
  const bytes = writeXlsxStream(rows(), {
    name: reader.t('office:agreements.title').slice(0, longestSheetName),
    columns: columns.map(({ key, form, width }) => ({ header: headingOf(reader.t, key), width, ...styles[form] })),
    freezePane: { rows: 1 },
  })
  return Readable.fromWeb(bytes as ReadableStream)
}

function valueOf(cell: Cell, form: SheetForm): CellValue {
  if (cell === null) return null
  if (form === 'date' && cell.length === 10) return new Date(`${cell}T00:00:00Z`)
  if (form === 'count' || form === 'amount') {
    // A spreadsheet keeps fifteen digits: an amount with more stays exact as text.
    const number = Number(cell)
    return String(number) === cell && cell.replace('.', '').length <= 15 ? number : cell
  }
  return cell
}
