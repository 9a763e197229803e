import { plainText, setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import { contentsSlabs } from '#platform/pdf/layout/contents.ts'
import { figureSlabs } from '#platform/pdf/layout/figure.ts'
import { listSlabs } from '#platform/pdf/layout/list.ts'
import { noticeSlabs } from '#platform/pdf/layout/notice.ts'
import { pairSlabs } from '#platform/pdf/layout/pair.ts'
import { qrCodeSlabs } from '#platform/pdf/layout/qr-code.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import { keyValueSlabs, tableSlabs } from '#platform/pdf/layout/table.ts'
import { textSlabs } from '#platform/pdf/layout/text-slabs.ts'
import type { Block, Heading, Paragraph } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'

const headings = {
  1: { style: textStyles.title, type: 'H1', gap: 0 },
  2: { style: textStyles.section, type: 'H2', gap: 24 },
  3: { style: textStyles.subsection, type: 'H3', gap: 15 },
} as const

/** White before a paragraph of each style, in points. */
const paragraphGaps = { lead: 13, body: 8, note: 8, caption: 5 } as const

function headingSlabs(context: LayoutContext, block: Heading, gap: number, number: number): Slab[] {
  const { style, type } = headings[block.level]
  const { paragraph, lines } = setText(context, block.runs, style, context.width)
  return textSlabs(paragraph, lines, wordsTag(context, type, context.root, block.runs), {
    x: context.x,
    gap,
    keepsAll: true,
    bookmark: { level: block.level - 1, title: plainText(block.runs), block: number },
  })
}

/** The warm stroke above a document's title. */
function titleStroke(context: LayoutContext): Slab {
  return {
    height: 16,
    gap: 0,
    keepsNext: true,
    draw: (canvas, top) => canvas.artifact(() => canvas.rule(context.x, top, 34, 3, colours.accent)),
  }
}

function paragraphSlabs(context: LayoutContext, block: Paragraph, gap: number): Slab[] {
  const { paragraph, lines } = setText(context, block.runs, textStyles[block.style], context.width)
  return textSlabs(paragraph, lines, wordsTag(context, 'P', context.root, block.runs), { x: context.x, gap })
}

/** White between a heading and what follows it. */
function gapBefore(block: Block, previous: Block | undefined): number {
  if (!previous || previous.type === 'pageBreak') return 0
  if (block.type === 'heading') {
    const { gap } = headings[block.level]
    return previous.type === 'heading' ? gap * 0.45 : gap
  }
  const isUnderHeading = previous.type === 'heading' && previous.level > 1
  if (block.type === 'paragraph') {
    if (isUnderHeading) return 5
    return block.style === 'note' && previous.type !== 'paragraph' ? 16 : paragraphGaps[block.style]
  }
  if (block.type === 'list') return isUnderHeading ? 5 : 8
  return isUnderHeading ? 7 : 14
}

function slabsOf(context: LayoutContext, blocks: readonly Block[], number: number, gap: number): Iterable<Slab> {
  const block = blocks[number]
  switch (block?.type) {
    case undefined:
      return []
    case 'heading':
      return headingSlabs(context, block, gap, number)
    case 'paragraph':
      return paragraphSlabs(context, block, gap)
    case 'list':
      return listSlabs(context, block, gap)
    case 'keyValues':
      return keyValueSlabs(context, block, gap)
    case 'table':
      return tableSlabs(context, block, gap)
    case 'notice':
      return noticeSlabs(context, block, gap)
    case 'pair':
      return pairSlabs(context, block, gap, number)
    case 'figure':
      return figureSlabs(context, block, gap)
    case 'contents':
      return contentsSlabs(context, blocks, gap)
    case 'qrCode':
      return qrCodeSlabs(context, block, gap)
    case 'pageBreak':
      return [{ height: 0, gap: 0, keepsNext: true, startsPage: true, draw: () => undefined }]
  }
}

/** All slabs of a document, made as they are asked for. */
export function* documentSlabs(context: LayoutContext, blocks: readonly Block[]): Generator<Slab> {
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'heading' && block.level === 1 && index === 0) {
      yield titleStroke(context)
    }
    yield* slabsOf(context, blocks, index, gapBefore(block, blocks[index - 1]))
  }
}
