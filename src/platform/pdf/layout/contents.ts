import { formatNumber } from '#platform/i18n/format.ts'
import { columnsOfPair, type Column } from '#platform/pdf/layout/columns.ts'
import { destinationOf, plainText, setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { Block, Contents, Runs } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'
import { tag } from '#platform/pdf/write/tags.ts'

const pageColumn = 34
const padding = 3
const indent = 16

interface Entry {
  /** In the document's language, and in its second one where it has two. */
  readonly languages: readonly Runs[]
  readonly level: 2 | 3
  /** Of its block in the document. */
  readonly number: number
}

const pairLevels = { section: 2, subsection: 3 } as const

function entryOf(block: Block, number: number): Entry | undefined {
  if (block.type === 'heading' && block.level > 1) {
    return { languages: [block.runs], level: block.level === 2 ? 2 : 3, number }
  }
  if (block.type === 'pair' && (block.style === 'section' || block.style === 'subsection')) {
    return { languages: [block.start, block.end], level: pairLevels[block.style], number }
  }
  return undefined
}

/** What is listed: headings with words, but for the contents' own. */
function entriesOf(blocks: readonly Block[], deepest: number): Entry[] {
  return blocks
    .map((block, number) => (blocks[number + 1]?.type === 'contents' ? undefined : entryOf(block, number)))
    .filter((entry) => entry !== undefined)
    .filter(({ languages, level }) => level <= deepest && languages.some((runs) => plainText(runs) !== ''))
}

function columnsFor(context: LayoutContext, isPaired: boolean, level: 2 | 3): readonly Column[] {
  const inset = level === 3 ? indent : 0
  if (!isPaired) return [{ x: context.x + inset, width: context.width - pageColumn - inset, align: 'start' }]
  return columnsOfPair(context).map(({ x, width }, side) => ({
    x: x + inset,
    width: width - inset - (side === 1 ? pageColumn : 0),
    align: 'start',
  }))
}

/** Headings with their pages; each line leads to its heading. Page numbers are known when they are drawn. */
export function contentsSlabs(
  context: LayoutContext,
  blocks: readonly Block[],
  { deepest = 2 }: Contents,
  gap: number,
): Slab[] {
  const list = tag('TOC', context.root)
  const entries = entriesOf(blocks, deepest)
  const isPaired = entries.some(({ languages }) => languages.length > 1)
  return entries.map(({ languages, level, number }, index): Slab => {
    const item = tag('TOCI', list)
    const style = level === 2 ? textStyles.body : textStyles.contentsDeep
    const columns = columnsFor(context, isPaired && languages.length > 1, level)
    const parts = languages.flatMap((runs, side) => {
      const column = columns[side]
      return column ? [{ runs, column, text: setText(context, runs, style, column.width) }] : []
    })
    const ascent = Math.max(0, ...parts.map(({ text }) => text.paragraph.ascent))
    const height = ascent + Math.max(0, ...parts.map(({ text }) => text.height - text.paragraph.ascent)) + 2 * padding
    return {
      height,
      gap: index === 0 ? gap : 0,
      keepsNext: index === 0 || index === entries.length - 2,
      draw: (canvas, top) => {
        canvas.artifact(() => canvas.rule(context.x, top + height - 0.5, context.width, 0.5, colours.hairline))
        const baseline = top + padding + ascent
        for (const { runs, column, text } of parts) {
          const reference = wordsTag(context, 'Reference', item, runs)
          const link = tag('Link', reference)
          for (const [part, line] of text.lines.entries()) {
            const y = baseline + part * text.paragraph.leading
            canvas.jump(link, text.paragraph, line, column.x, y, destinationOf(number))
          }
          canvas.close(link)
          canvas.close(reference)
        }
        const page = context.headingPages.get(number)
        const words = [{ text: page === undefined ? '' : formatNumber(page, context.locale) }]
        const place = setText(context, words, textStyles.label, pageColumn)
        const [line] = place.lines
        if (line) canvas.line(item, place.paragraph, line, context.x + context.width - line.width, baseline)
        canvas.close(item)
        if (index === entries.length - 1) canvas.close(list)
      },
    }
  })
}
