import { setText, wordsTag, type LayoutContext, type SetText } from '#platform/pdf/layout/context.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import { textSlabs } from '#platform/pdf/layout/text-slabs.ts'
import type { List } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'
import { tag } from '#platform/pdf/write/tags.ts'

const indent = 15
const bulletSize = 3.2

/** Items with one distance of lines, whatever their scripts. */
function itemsOf(context: LayoutContext, block: List): SetText[] {
  const texts = block.items.map((runs) => setText(context, runs, textStyles.body, context.width - indent))
  const leading = Math.max(0, ...texts.map(({ paragraph }) => paragraph.leading))
  return texts.map(({ paragraph, lines }) => {
    const level = { ...paragraph, leading, ascent: paragraph.ascent + (leading - paragraph.leading) / 2 }
    return { paragraph: level, lines, height: lines.length * leading }
  })
}

/** A list; the bullet is drawn, not written, so that it never comes out as text. */
export function* listSlabs(context: LayoutContext, block: List, gap: number): Generator<Slab> {
  const list = tag('L', context.root)
  for (const [index, { paragraph, lines }] of itemsOf(context, block).entries()) {
    const item = tag('LI', list)
    const body = wordsTag(context, 'LBody', item, block.items[index] ?? [])
    const slabs = textSlabs(paragraph, lines, body, { x: context.x + indent, gap: index === 0 ? gap : 2 })
    for (const [part, slab] of slabs.entries()) {
      const isEndOfItem = part === slabs.length - 1
      yield {
        ...slab,
        draw: (canvas, top) => {
          if (part === 0) {
            const y = top + paragraph.ascent - 0.36 * paragraph.style.size - bulletSize / 2
            canvas.artifact(() => canvas.rule(context.x + 2, y, bulletSize, bulletSize, colours.accent))
          }
          slab.draw(canvas, top)
          if (isEndOfItem) canvas.close(item)
          if (isEndOfItem && index === block.items.length - 1) canvas.close(list)
        },
      }
    }
  }
}
