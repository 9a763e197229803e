import { plainText, setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import { contentsSlabs } from '#platform/pdf/layout/contents.ts'
import { coverSlabs } from '#platform/pdf/layout/cover.ts'
import { figureSlabs } from '#platform/pdf/layout/figure.ts'
import { keyValueSlabs } from '#platform/pdf/layout/key-values.ts'
import { listSlabs } from '#platform/pdf/layout/list.ts'
import { noticeSlabs } from '#platform/pdf/layout/notice.ts'
import { pairSlabs } from '#platform/pdf/layout/pair.ts'
import { qrCodeSlabs } from '#platform/pdf/layout/qr-code.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import { tableSlabs } from '#platform/pdf/layout/table.ts'
import { textSlabs } from '#platform/pdf/layout/text-slabs.ts'
import type { Block, DocumentModel, Heading, Pair, Paragraph } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'
import { listOfCharacters } from '#platform/pdf/text/unprintable.ts'

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

/** White before a pair of each style, in points. */
const pairGaps = { title: 0, section: 20, subsection: 13, notice: 12, lead: 10, body: 5, note: 6, caption: 4 } as const
const pairLevels: Partial<Record<Pair['style'], number>> = { title: 1, section: 2, subsection: 3 }

function levelOf(block: Block): number | undefined {
  if (block.type === 'heading') return block.level
  return block.type === 'pair' ? pairLevels[block.style] : undefined
}

function pairGap({ style }: Pair, previous: Block): number {
  const gap = pairGaps[style]
  if (levelOf(previous) !== undefined) return pairLevels[style] === undefined ? 5 : gap * 0.45
  return previous.type === 'pair' || previous.type === 'paragraph' ? gap : Math.max(12, gap)
}

/** White between a block and what it follows, in points. */
function gapBefore(block: Block, previous: Block | undefined): number {
  if (!previous || previous.type === 'pageBreak' || previous.type === 'cover') return 0
  if (block.type === 'pair') return pairGap(block, previous)
  const level = levelOf(previous)
  if (block.type === 'heading') {
    const { gap } = headings[block.level]
    return level === undefined ? gap : gap * 0.45
  }
  const isUnderHeading = level !== undefined && level > 1
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
      return contentsSlabs(context, blocks, block, gap)
    case 'cover':
      return []
    case 'qrCode':
      return qrCodeSlabs(context, block, gap)
    case 'pageBreak':
      return [{ height: 0, gap: 0, keepsNext: true, startsPage: true, draw: () => undefined }]
  }
}

/** Whether the block is the document's title, which its marking stands under. */
function isTitle(block: Block | undefined): boolean {
  if (block?.type === 'heading') return block.level === 1
  return block?.type === 'cover' || (block?.type === 'pair' && block.style === 'title')
}

/** What is said after everything else: which characters could not be printed. */
function closingNote(context: LayoutContext, model: DocumentModel): Iterable<Slab> {
  if (!model.unprintable || context.missing.size === 0) return []
  const characters = listOfCharacters([...context.missing])
  const text = model.unprintable.note.replace('{characters}', () => characters)
  return paragraphSlabs(context, { type: 'paragraph', style: 'note', runs: [{ text }] }, 16)
}

/** All slabs of a document, made as they are asked for. */
export function* documentSlabs(context: LayoutContext, model: DocumentModel): Generator<Slab> {
  const { blocks, marking } = model
  const markedAfter = isTitle(blocks[0]) ? 0 : -1
  const said = marking ? noticeSlabs(context, { type: 'notice', runs: marking }, markedAfter === 0 ? 14 : 0) : []
  if (markedAfter === -1) yield* said
  for (const [index, block] of blocks.entries()) {
    if (index === 0 && isTitle(block) && block.type !== 'cover') yield titleStroke(context)
    if (block.type === 'cover') {
      yield* coverSlabs(context, block, index, said)
      yield* slabsOf(context, [{ type: 'pageBreak' }], 0, 0)
      continue
    }
    const isAfterMarking = marking !== undefined && index === markedAfter + 1
    const gap = gapBefore(block, isAfterMarking ? { type: 'notice', runs: marking } : blocks[index - 1])
    yield* slabsOf(context, blocks, index, gap)
    if (index === markedAfter) yield* said
  }
  yield* closingNote(context, model)
}
