import { destinationOf, setText, type LayoutContext } from '#platform/pdf/layout/context.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { Block, Runs } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'
import { tag } from '#platform/pdf/write/tags.ts'

const pageColumn = 40
const padding = 3

interface Entry {
  readonly runs: Runs
  /** Of its block in the document. */
  readonly number: number
}

function entriesOf(blocks: readonly Block[]): Entry[] {
  return blocks.flatMap((block, number) => {
    if (block.type === 'heading' && block.level === 2) return [{ runs: block.runs, number }]
    if (block.type === 'pair' && block.style === 'section') return [{ runs: block.start, number }]
    return []
  })
}

/** Headings of level 2 with their pages; each line leads to its heading. Page numbers are known when they are drawn. */
export function contentsSlabs(context: LayoutContext, blocks: readonly Block[], gap: number): Slab[] {
  const list = tag('TOC', context.root)
  const entries = entriesOf(blocks)
  return entries.map(({ runs, number }, index): Slab => {
    const { paragraph, lines, height } = setText(context, runs, textStyles.body, context.width - pageColumn)
    const item = tag('TOCI', list)
    const whole = height + 2 * padding
    return {
      height: whole,
      gap: index === 0 ? gap : 0,
      keepsNext: index === 0,
      draw: (canvas, top) => {
        canvas.artifact(() => canvas.rule(context.x, top + whole - 0.5, context.width, 0.5, colours.hairline))
        const baseline = top + padding + paragraph.ascent
        for (const [part, line] of lines.entries()) {
          canvas.jump(item, paragraph, line, context.x, baseline + part * paragraph.leading, destinationOf(number))
        }
        const words = [{ text: String(context.headingPages.get(number) ?? '') }]
        const page = setText(context, words, textStyles.label, pageColumn)
        const [line] = page.lines
        if (line) canvas.line(item, page.paragraph, line, context.x + context.width - line.width, baseline)
        canvas.close(item)
        if (index === entries.length - 1) canvas.close(list)
      },
    }
  })
}
