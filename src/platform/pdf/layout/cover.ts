import { plainText, setText, wordsTag, type LayoutContext, type SetText } from '#platform/pdf/layout/context.ts'
import { figureSlabs } from '#platform/pdf/layout/figure.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import { textSlabs } from '#platform/pdf/layout/text-slabs.ts'
import type { Cover, Runs } from '#platform/pdf/model.ts'
import { colours, textStyles, type TextStyle } from '#platform/pdf/style.ts'
import type { StructureType } from '#platform/pdf/write/tags.ts'

/** Sizes that a title is tried in, in points: the first in which it takes no more than `mostTitleLines`. */
const titleSizes = [32, 27, 23, 19, 16] as const
const mostTitleLines = 5

function setTitle(context: LayoutContext, runs: Runs, style: TextStyle): SetText {
  for (const size of titleSizes) {
    if (size > style.size) continue
    const set = setText(context, runs, { ...style, size }, context.width)
    if (set.lines.length <= mostTitleLines) return set
  }
  return setText(context, runs, { ...style, size: titleSizes[titleSizes.length - 1] ?? style.size }, context.width)
}

function placed(
  context: LayoutContext,
  { paragraph, lines }: SetText,
  runs: Runs,
  type: StructureType,
  gap: number,
  more: Pick<Slab, 'bookmark'> = {},
): Slab[] {
  const tag = wordsTag(context, type, context.root, runs)
  return textSlabs(paragraph, lines, tag, { x: context.x, gap, keepsAll: true, ...more })
}

/** The stroke between the title and what explains it. */
function stroke(context: LayoutContext): Slab {
  return {
    height: 4,
    gap: 24,
    keepsNext: true,
    draw: (canvas, top) => canvas.artifact(() => canvas.rule(context.x, top, 56, 4, colours.accent)),
  }
}

const heightOf = (slabs: readonly Slab[]) => slabs.reduce((sum, { gap, height }) => sum + gap + height, 0)

const figureGap = 30
const footGap = 12

/** Points: below that a drawing cannot be read, and goes to a page of its own. */
const leastFigure = 200

/** A third of the page is white above the title, unless the title or the figure needs it. */
const titleAt = 0.2

/** The first page: kind and title, perhaps a figure, and at its foot who issues it. */
export function coverSlabs(context: LayoutContext, block: Cover, number: number, marking: readonly Slab[]): Slab[] {
  const set = (runs: Runs, style: TextStyle) => setText(context, runs, style, context.width)
  const bookmark = { level: 0, title: plainText(block.title), block: number }
  const head = [
    ...placed(context, set(block.kind, textStyles.coverKind), block.kind, 'P', 0),
    ...placed(context, setTitle(context, block.title, textStyles.coverTitle), block.title, 'H1', 10, { bookmark }),
    ...(block.otherTitle
      ? placed(context, setTitle(context, block.otherTitle, textStyles.coverOther), block.otherTitle, 'P', 8)
      : []),
    stroke(context),
    ...(block.subtitle ? placed(context, set(block.subtitle, textStyles.lead), block.subtitle, 'P', 22) : []),
    ...marking,
  ]
  const foot = block.lines.flatMap((runs, index) =>
    placed(context, set(runs, textStyles.coverLine), runs, 'P', index === 0 ? 0 : 2),
  )
  const { top, bottom } = context.page
  const room = bottom - top - heightOf(head) - heightOf(foot) - figureGap - footGap
  const figure = block.figure ? figureSlabs(context, block.figure, figureGap, Math.max(room, leastFigure)) : []
  const white = Math.max(0, bottom - top - heightOf(head) - heightOf(figure) - heightOf(foot) - footGap)
  const above = Math.min(white, (bottom - top) * titleAt)
  const [first, ...others] = foot
  const space: Slab = { height: above, gap: 0, keepsNext: true, draw: () => undefined }
  const slabs = [space, ...head, ...figure, ...(first ? [{ ...first, gap: footGap + white - above }, ...others] : [])]
  return slabs.map((slab, index) => ({ ...slab, isCover: true, keepsNext: index < slabs.length - 1 }))
}
