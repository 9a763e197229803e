import type { Column } from '#platform/pdf/layout/columns.ts'
import { setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import { ascentOf, rowSlab, type Cell, type RowLook } from '#platform/pdf/layout/rows.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import { textSlabs } from '#platform/pdf/layout/text-slabs.ts'
import type { Runs, Table } from '#platform/pdf/model.ts'
import { colours, textStyles, type TextStyle } from '#platform/pdf/style.ts'
import { tag, type Tag } from '#platform/pdf/write/tags.ts'

export const gutter = 14

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

export function cellsOf(
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

/** A rule below each row. */
export function underlined(context: LayoutContext, thickness: number, colour: (typeof colours)[keyof typeof colours]) {
  return (padding: number): RowLook => ({
    padding,
    decorate: (canvas, top, height) => {
      canvas.rule(context.x, top + height - thickness, context.width, thickness, colour)
    },
  })
}

/** The header row again, on the pages that follow: drawn, but read once only. */
function repeatedHeader(header: Slab, cells: readonly Cell[], look: RowLook): Slab {
  const ascent = ascentOf(cells)
  return {
    height: header.height,
    gap: 0,
    keepsNext: true,
    draw: (canvas, top) => {
      canvas.artifact(() => {
        look.decorate?.(canvas, top, header.height)
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

/** A header that would take more than this part of a page is not repeated. */
const highestHeader = 0.3

/** Tables of so few rows stay on one page. */
const mostRowsKept = 4

/** Neither the first nor the last row of a table stands alone on a page. */
export function keepsNextRow(index: number, count: number): boolean {
  return index < count - 1 && (count <= mostRowsKept || index === 0 || index === count - 2)
}

function captionSlabs(context: LayoutContext, block: Table, table: Tag, gap: number): Slab[] {
  if (!block.caption) return []
  const { paragraph, lines } = setText(context, block.caption, textStyles.caption, context.width)
  const caption = wordsTag(context, 'Caption', table, block.caption)
  return textSlabs(paragraph, lines, caption, { x: context.x, gap, keepsAll: true })
}

/** A table with a header row, made row by row while pages are filled. */
export function* tableSlabs(context: LayoutContext, block: Table, gap: number): Generator<Slab> {
  if (block.columns.length === 0) return
  const table = tag('Table', context.root)
  const caption = captionSlabs(context, block, table, gap)
  yield* caption
  const columns = columnsOf(context, block.columns)
  const headerRow = tag('TR', table)
  const headerCells = cellsOf(
    context,
    columns,
    block.columns.map(({ header }) => header),
    columns.map(() => textStyles.columnHeader),
    (_, runs) => wordsTag(context, 'TH', headerRow, runs, { scope: 'Column' }),
  )
  const isEmpty = block.rows.length === 0
  const headerLook = { ...underlined(context, 1.1, colours.lake)(4), longestWhole: Infinity }
  const header = rowSlab(headerCells, isEmpty ? [headerRow, table] : [headerRow], headerLook)
  yield { ...header, gap: caption.length > 0 ? 4 : gap, keepsNext: !isEmpty }
  const isRepeated = header.height <= highestHeader * (context.page.bottom - context.page.top)
  const repeated = isRepeated ? repeatedHeader(header, headerCells, headerLook) : undefined
  const look = underlined(context, 0.5, colours.hairline)(5)
  const styles = columns.map(({ align }) => (align === 'end' ? textStyles.number : textStyles.cell))
  for (const [index, words] of block.rows.entries()) {
    const row = tag('TR', table)
    const cells = cellsOf(context, columns, words, styles, (_, runs) => wordsTag(context, 'TD', row, runs))
    const isLast = index === block.rows.length - 1
    yield {
      ...rowSlab(cells, isLast ? [row, table] : [row], look),
      keepsNext: keepsNextRow(index, block.rows.length),
      ...(repeated ? { repeated } : {}),
    }
  }
}
