import { columnsOfPair } from '#platform/pdf/layout/columns.ts'
import { plainText, setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import { noticeInset, noticeLook } from '#platform/pdf/layout/notice.ts'
import { rowSlab } from '#platform/pdf/layout/rows.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { Pair } from '#platform/pdf/model.ts'
import { textStyles } from '#platform/pdf/style.ts'
import { tag } from '#platform/pdf/write/tags.ts'

const types = {
  title: 'H1',
  section: 'H2',
  subsection: 'H3',
  notice: 'P',
  lead: 'P',
  body: 'P',
  note: 'P',
  caption: 'P',
} as const
const levels: Partial<Record<Pair['style'], number>> = { title: 0, section: 1, subsection: 2 }

/** Two languages side by side, their first lines level. */
export function pairSlabs(context: LayoutContext, block: Pair, gap: number, number: number): Slab[] {
  const row = tag('Div', context.root)
  const isNotice = block.style === 'notice'
  const inset = isNotice ? noticeInset : 0
  const columns = columnsOfPair(context)
  const cells = [block.start, block.end].flatMap((runs, index) => {
    const column = columns[index]
    if (!column) return []
    const width = column.width - 2 * inset
    return [
      {
        text: setText(context, runs, textStyles[block.style === 'title' ? 'pairTitle' : block.style], width),
        x: column.x + inset,
        width,
        align: 'start' as const,
        tag: wordsTag(context, types[block.style], row, runs),
      },
    ]
  })
  const level = levels[block.style]
  const slab = rowSlab(cells, [row], isNotice ? noticeLook(columns) : { padding: 0 })
  return [
    {
      ...slab,
      gap,
      keepsNext: level !== undefined,
      ...(level === undefined ? {} : { bookmark: { level, title: plainText(block.start), block: number } }),
    },
  ]
}
