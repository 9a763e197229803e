import type { Readable } from 'node:stream'
import { formulaWithoutValue, SheetError, type SheetFindings, sheetLimits, type SheetRow } from './model.ts'
import { plainNumber, serialDay, shownDay } from './serial-dates.ts'
import { readXml } from './xml.ts'
import type { Workbook } from './xlsx-workbook.ts'

const mostMerged = 20_000

/** The column of a cell's address, from 0: `AB12` is in 27. */
function columnOf(address: string): number {
  let column = 0
  for (const letter of address.toUpperCase()) {
    const code = letter.charCodeAt(0) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
  }
  return column - 1
}

const rowOf = (address: string) => Number(/\d+$/.exec(address)?.[0] ?? 0)

/** Excel writes characters that XML cannot hold as `_x000D_` (ECMA-376, 22.4.2.4). */
const unescaped = (text: string) =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

/** The rows of a sheet as they come. Empty ones are counted and left out. */
export async function* readSheet(
  source: Readable,
  { styles, shared, date1904 }: Workbook,
  findings: SheetFindings,
): AsyncGenerator<SheetRow> {
  const done: SheetRow[] = []
  let [rowNumber, column, type, style] = [0, -1, '', 0]
  let cells: string[] = []
  let [value, inline, hasFormula, hasValue] = ['', '', false, false]
  let reading: 'value' | 'inline' | undefined
  let [inReading, rowCount] = [false, 0]

  function valueOf(): string {
    if (type === 's') return unescaped(shared[Number(value)] ?? '')
    if (type === 'inlineStr') return unescaped(inline)
    if (!hasValue && hasFormula) return formulaWithoutValue
    if (type === 'str') return unescaped(value)
    if (type === 'b') return value === '1' ? 'yes' : value === '0' ? 'no' : ''
    if (type === 'd') return value.slice(0, 10)
    if (type === 'e' || value === '') return value
    const precision = styles[style]
    const day = precision === undefined ? undefined : serialDay(Number(value), date1904)
    return day === undefined || precision === undefined ? plainNumber(value) : shownDay(day, precision)
  }

  function endCell() {
    const text = valueOf()
    if (hasFormula) findings.formulas += 1
    if (text === '') return
    if (text.length > sheetLimits.cell) throw new SheetError('sheet_cell_too_long', { row: rowNumber })
    if (column >= sheetLimits.columns) throw new SheetError('sheet_too_many_columns', { max: sheetLimits.columns })
    while (cells.length < column) cells.push('')
    cells[column] = text
  }

  function endRow() {
    if (cells.every((cell) => cell.trim() === '')) {
      findings.emptyRows += 1
      return
    }
    rowCount += 1
    if (rowCount > sheetLimits.rows) throw new SheetError('sheet_too_many_rows', { max: sheetLimits.rows })
    done.push({ number: rowNumber, cells })
  }

  const chunks = readXml(source, {
    open(name, attributes) {
      if (name === 'row') {
        rowNumber = attributes['r'] === undefined ? rowNumber + 1 : Number(attributes['r'])
        column = -1
        cells = []
      } else if (name === 'c') {
        const address = attributes['r']
        column = address === undefined ? column + 1 : columnOf(address)
        type = attributes['t'] ?? 'n'
        style = Number(attributes['s'] ?? 0)
        ;[value, inline, hasFormula, hasValue] = ['', '', false, false]
      } else if (name === 'v') {
        reading = 'value'
        hasValue = true
      } else if (name === 'rPh') inReading = true
      else if (name === 't' && !inReading) reading = 'inline'
      else if (name === 'f') hasFormula = true
      else if (name === 'mergeCell' && findings.merged.length < mostMerged) {
        const [from = '', to = from] = (attributes['ref'] ?? '').split(':')
        findings.merged.push({
          firstRow: rowOf(from),
          lastRow: rowOf(to),
          firstColumn: columnOf(from),
          lastColumn: columnOf(to),
        })
      }
    },
    text(piece) {
      if (reading === 'value') value += piece
      else if (reading === 'inline') inline += piece
    },
    close(name) {
      if (name === 'v' || name === 't') reading = undefined
      else if (name === 'rPh') inReading = false
      else if (name === 'c') endCell()
      else if (name === 'row') endRow()
    },
  })
  for await (const _ of chunks) {
    yield* done
    done.length = 0
  }
}
