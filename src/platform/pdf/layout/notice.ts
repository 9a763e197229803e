import { setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import { textSlabs } from '#platform/pdf/layout/text-slabs.ts'
import type { Notice } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'

const padding = { side: 14, top: 7, bottom: 7 }

/** Words on a pale ground behind a warm edge. */
export function noticeSlabs(context: LayoutContext, block: Notice, gap: number): Slab[] {
  const { paragraph, lines } = setText(context, block.runs, textStyles.notice, context.width - 2 * padding.side)
  const tag = wordsTag(context, 'P', context.root, block.runs)
  const slabs = textSlabs(paragraph, lines, tag, { x: context.x + padding.side, gap })
  return slabs.map((slab, index) => {
    const above = index === 0 ? padding.top : 0
    const below = index === slabs.length - 1 ? padding.bottom : 0
    const height = above + slab.height + below
    return {
      ...slab,
      height,
      draw: (canvas, top) => {
        canvas.artifact(() => {
          canvas.rule(context.x, top, context.width, height, colours.accentPale)
          canvas.rule(context.x, top, 2.5, height, colours.accent)
        })
        slab.draw(canvas, top + above)
      },
    }
  })
}
