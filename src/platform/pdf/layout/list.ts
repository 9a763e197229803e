import { setText, type LayoutContext } from '#platform/pdf/layout/context.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import { textSlabs } from '#platform/pdf/layout/text-slabs.ts'
import type { List } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'
import { tag } from '#platform/pdf/write/tags.ts'

const indent = 15
const bulletSize = 3.2

/** A list; the bullet is drawn, not written, so that it never comes out as text. */
export function* listSlabs(context: LayoutContext, block: List, gap: number): Generator<Slab> {
  const list = tag('L', context.root)
  for (const [index, runs] of block.items.entries()) {
    const item = tag('LI', list)
    const body = tag('LBody', item)
    const { paragraph, lines } = setText(context, runs, textStyles.body, context.width - indent)
    const slabs = textSlabs(paragraph, lines, body, { x: context.x + indent, gap: index === 0 ? gap : 3 })
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
