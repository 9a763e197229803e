import { columnsOfPair, wholeColumn, type Column } from '#platform/pdf/layout/columns.ts'
import { setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import { rowSlab, type Cell } from '#platform/pdf/layout/rows.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import { cellsOf, gutter, keepsNextRow, underlined } from '#platform/pdf/layout/table.ts'
import type { KeyValue, KeyValues } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'
import { tag, type Tag } from '#platform/pdf/write/tags.ts'

const padding = 4.5
/** Part of the column that labels take. */
const labelShare = 0.27

/** Labels in a narrow column beside their values. */
export function* keyValueSlabs(context: LayoutContext, block: KeyValues, gap: number): Generator<Slab> {
  if (block.rows.some(({ other }) => other)) {
    yield* bilingualSlabs(context, block, gap)
    return
  }
  const table = tag('Table', context.root)
  const labels = Math.round(context.width * labelShare)
  const columns: Column[] = [
    { x: context.x, width: labels, align: 'start' },
    { x: context.x + labels + gutter, width: context.width - labels - gutter, align: 'start' },
  ]
  const look = underlined(context, 0.5, colours.hairline)(padding)
  for (const [index, { label, value }] of block.rows.entries()) {
    const row = tag('TR', table)
    const cells = cellsOf(context, columns, [label, value], [textStyles.label, textStyles.value], (column, runs) =>
      column === 0 ? wordsTag(context, 'TH', row, runs, { scope: 'Row' }) : wordsTag(context, 'TD', row, runs),
    )
    const isLast = index === block.rows.length - 1
    yield {
      ...rowSlab(cells, isLast ? [row, table] : [row], look),
      gap: index === 0 ? gap : 0,
      keepsNext: keepsNextRow(index, block.rows.length),
    }
  }
}

/**
 * One table for each language, side by side and level: whoever reads one of them reads its labels and values in order,
 * and nothing of the other.
 */
function* bilingualSlabs(context: LayoutContext, block: KeyValues, gap: number): Generator<Slab> {
  const group = tag('Div', context.root)
  const tables = [tag('Table', group), tag('Table', group)] as const
  const halves = columnsOfPair(context)
  const whole = wholeColumn(context)
  for (const [index, row] of block.rows.entries()) {
    const isLast = index === block.rows.length - 1
    const rows = tables.map((table) => tag('TR', table))
    const entries: readonly (KeyValue | undefined)[] = row.other ? [row, row.other] : [row]
    const used = row.other ? halves : [whole]
    const cellsFor = (part: 'label' | 'value'): Cell[] =>
      entries.flatMap((entry, side) => {
        const parent: Tag | undefined = rows[side]
        const column = used[side]
        if (!entry || !parent || !column) return []
        const words = entry[part]
        const text = setText(context, words, part === 'label' ? textStyles.labelAbove : textStyles.value, column.width)
        const type = part === 'label' ? 'TH' : 'TD'
        const scope = part === 'label' ? ({ scope: 'Row' } as const) : {}
        return [{ ...column, text, tag: wordsTag(context, type, parent, words, scope) }]
      })
    yield {
      ...rowSlab(cellsFor('label'), [], { padding: 0 }),
      gap: index === 0 ? gap : padding + 1.5,
      keepsNext: true,
    }
    yield {
      ...rowSlab(cellsFor('value'), isLast ? [...rows, ...tables, group] : rows, {
        padding,
        paddingAbove: 0,
        decorate: (canvas, top, height) => {
          for (const { x, width } of used) canvas.rule(x, top + height - 0.5, width, 0.5, colours.hairline)
        },
      }),
      // Rows are high here: more than two are not kept together, but the last never stands alone.
      keepsNext: index === block.rows.length - 2,
    }
  }
}
