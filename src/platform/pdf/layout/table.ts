import { setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import { rowSlabs, type Cell, type RowLook } from '#platform/pdf/layout/rows.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { KeyValues, Runs, Table } from '#platform/pdf/model.ts'
import { colours, textStyles, type TextStyle } from '#platform/pdf/style.ts'
import { tag, type Tag } from '#platform/pdf/write/tags.ts'

const gutter = 14

interface Column {
  readonly x: number
  readonly width: number
  readonly align: 'start' | 'end'
}

function columnsOf(context: LayoutContext, columns: Table['columns']): Column[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const room = context.width - gutter * (columns.length - 1)
  let x = context.x
  return columns.map(({ share, align }) => {
    const width = (room * share) / shares
    const column = { x, width, align }
    x += width + gutter
    return column
  })
}

function cellsOf(
  context: LayoutContext,
  columns: readonly Column[],
  words: readonly Runs[],
  styles: readonly TextStyle[],
  tagOf: (index: number, runs: Runs) => Tag,
): Cell[] {
  return columns.map((column, index) => ({
    ...column,
    text: setText(context, words[index] ?? [], styles[index] ?? textStyles.cell, column.width),
    tag: tagOf(index, words[index] ?? []),
  }))
}

function underlined(context: LayoutContext, thickness: number, colour: (typeof colours)[keyof typeof colours]) {
  return (padding: number): RowLook => ({
    padding,
    decorate: (canvas, top, height) => {
      canvas.rule(context.x, top + height - thickness, context.width, thickness, colour)
    },
  })
}

/** The header row again, on the pages that follow: drawn, but read once only. */
function repeatedHeader(header: Slab, cells: readonly Cell[], look: RowLook): Slab {
  const ascent = Math.max(...cells.map(({ text }) => text.paragraph.ascent))
  return {
    ...header,
    draw: (canvas, top) => {
      canvas.artifact(() => {
        look.decorate(canvas, top, header.height)
        for (const cell of cells) {
          for (const [index, line] of cell.text.lines.entries()) {
            const x = cell.align === 'end' ? cell.x + cell.width - line.width : cell.x
            const baseline = top + look.padding + ascent + index * cell.text.paragraph.leading
            canvas.plainLine(line, x, baseline, cell.text.paragraph.style.colour)
          }
        }
      }, 'Pagination')
    },
  }
}

function closing(slabs: Slab[], table: Tag): Slab[] {
  const last = slabs.at(-1)
  if (!last) return slabs
  const draw: Slab['draw'] = (canvas, top) => {
    last.draw(canvas, top)
    canvas.close(table)
  }
  return [...slabs.slice(0, -1), { ...last, draw }]
}

/** Tables of so few rows stay on one page. */
const mostRowsKept = 4

/** Neither the first nor the last row of a table stands alone on a page. */
function keepsNextRow(index: number, count: number): boolean {
  return index < count - 1 && (count <= mostRowsKept || index === 0 || index === count - 2)
}

/** A table with a header row, made row by row while pages are filled. */
export function* tableSlabs(context: LayoutContext, block: Table, gap: number): Generator<Slab> {
  if (block.columns.length === 0) return
  const table = tag('Table', context.root)
  const columns = columnsOf(context, block.columns)
  const headerRow = tag('TR', table)
  const headerCells = cellsOf(
    context,
    columns,
    block.columns.map(({ header }) => header),
    columns.map(() => textStyles.columnHeader),
    (_, runs) => wordsTag(context, 'TH', headerRow, runs, { scope: 'Column' }),
  )
  const headerLook = underlined(context, 1.1, colours.lake)(4)
  const [header, ...rest] = rowSlabs(headerCells, headerRow, headerLook)
  if (!header) return
  const repeated = repeatedHeader(header, headerCells, headerLook)
  const opening = [header, ...rest].map((slab, index) => ({
    ...slab,
    gap: index === 0 ? gap : 0,
    keepsNext: block.rows.length > 0,
  }))
  yield* block.rows.length === 0 ? closing(opening, table) : opening
  for (const [index, words] of block.rows.entries()) {
    const row = tag('TR', table)
    const styles = columns.map(() => textStyles.cell)
    const cells = cellsOf(context, columns, words, styles, (_, runs) => wordsTag(context, 'TD', row, runs))
    const slabs = rowSlabs(cells, row, underlined(context, 0.5, colours.hairline)(5))
    const keepsNext = keepsNextRow(index, block.rows.length)
    const repeating = slabs.map((slab) => ({
      ...slab,
      repeated,
      keepsNext: slab.keepsNext || (keepsNext && slab === slabs.at(-1)),
    }))
    yield* index === block.rows.length - 1 ? closing(repeating, table) : repeating
  }
}

/** Labels in a narrow column beside their values. */
export function* keyValueSlabs(context: LayoutContext, block: KeyValues, gap: number): Generator<Slab> {
  const table = tag('Table', context.root)
  const labels = Math.round(context.width * 0.27)
  const columns: Column[] = [
    { x: context.x, width: labels, align: 'start' },
    { x: context.x + labels + gutter, width: context.width - labels - gutter, align: 'start' },
  ]
  for (const [index, { label, value }] of block.rows.entries()) {
    const row = tag('TR', table)
    const cells = cellsOf(context, columns, [label, value], [textStyles.label, textStyles.value], (column, runs) =>
      column === 0 ? wordsTag(context, 'TH', row, runs, { scope: 'Row' }) : wordsTag(context, 'TD', row, runs),
    )
    const slabs = rowSlabs(cells, row, underlined(context, 0.5, colours.hairline)(4.5))
    const keepsNext = keepsNextRow(index, block.rows.length)
    const placed = slabs.map((slab, part) => ({
      ...slab,
      gap: index === 0 && part === 0 ? gap : slab.gap,
      keepsNext: slab.keepsNext || (keepsNext && part === slabs.length - 1),
    }))
    yield* index === block.rows.length - 1 ? closing(placed, table) : placed
  }
}
