import { wholeColumn, type Column } from '#platform/pdf/layout/columns.ts'
import { setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import { rowSlab, type RowLook } from '#platform/pdf/layout/rows.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { Notice } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'

const padding = 7
const edge = 2.5
/** Notices higher than this, in points, may run over to the next page. */
const longestWhole = 70

/** White between a notice's edge and its words. */
export const noticeInset = 13

/** A pale ground behind a warm edge, in each of the columns. */
export function noticeLook(columns: readonly Column[]): RowLook {
  return {
    padding,
    longestWhole,
    ground: (canvas, top, height) => {
      for (const { x, width } of columns) {
        canvas.rule(x, top, width, height, colours.accentPale)
        canvas.rule(x, top, edge, height, colours.accent)
      }
    },
  }
}

/** Words that a reader must not overlook. */
export function noticeSlabs(context: LayoutContext, block: Notice, gap: number): Slab[] {
  const column = wholeColumn(context)
  const width = column.width - 2 * noticeInset
  const text = setText(context, block.runs, textStyles.notice, width)
  if (text.lines.length === 0) return []
  const tag = wordsTag(context, 'P', context.root, block.runs)
  const cell = { ...column, x: column.x + noticeInset, width, text, tag }
  return [{ ...rowSlab([cell], [], noticeLook([column])), gap }]
}
