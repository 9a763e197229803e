import { plainText, setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import { rowSlabs } from '#platform/pdf/layout/rows.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { Pair } from '#platform/pdf/model.ts'
import { textStyles } from '#platform/pdf/style.ts'
import { tag } from '#platform/pdf/write/tags.ts'

const gutter = 22
/** Pairs higher than this, in points, run over to the next page. */
const longestWhole = 150

/** White before a pair of each style, in points. */
const gaps = { title: 0, notice: 8, section: 20, subsection: 13, lead: 10, body: 5, note: 6, caption: 4 } as const
const types = {
  title: 'H1',
  notice: 'P',
  section: 'H2',
  subsection: 'H3',
  lead: 'P',
  body: 'P',
  note: 'P',
  caption: 'P',
} as const

const levels: Partial<Record<Pair['style'], number>> = { title: 0, section: 1, subsection: 2 }

/** Two languages side by side, their first lines level. */
export function pairSlabs(context: LayoutContext, block: Pair, gap: number, number: number): Slab[] {
  const row = tag('Div', context.root)
  const width = (context.width - gutter) / 2
  const cells = [block.start, block.end].map((runs, index) => ({
    text: setText(context, runs, textStyles[block.style], width),
    x: context.x + index * (width + gutter),
    width,
    align: 'start' as const,
    tag: wordsTag(context, types[block.style], row, runs),
  }))
  const level = levels[block.style]
  const isHeading = level !== undefined
  return rowSlabs(cells, row, { padding: 0, decorate: () => undefined }, longestWhole).map((slab, index) => ({
    ...slab,
    gap: index === 0 ? Math.min(gap, gaps[block.style]) : slab.gap,
    keepsNext: slab.keepsNext || isHeading,
    ...(index === 0 && isHeading ? { bookmark: { level, title: plainText(block.start), block: number } } : {}),
  }))
}
