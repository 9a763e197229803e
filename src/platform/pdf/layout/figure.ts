import { setText, wordsTag, type LayoutContext, type SetText } from '#platform/pdf/layout/context.ts'
import { drawPath, drawRect, type Place } from '#platform/pdf/layout/shapes.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import { textSlabs } from '#platform/pdf/layout/text-slabs.ts'
import type { Figure, Shape } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'
import { plainLine } from '#platform/pdf/text/clean.ts'
import type { Canvas } from '#platform/pdf/write/canvas.ts'
import { tag } from '#platform/pdf/write/tags.ts'

const anchors = { start: 0, middle: 0.5, end: 1 } as const
const captionGap = 5

type Words = Extract<Shape, { shape: 'text' }>

function setWords(context: LayoutContext, shape: Words, scale: number): SetText {
  const style = { size: shape.size * scale, weight: 'regular', colour: colours[shape.colour] } as const
  return setText(context, [shape.run], style, shape.width === undefined ? Infinity : shape.width * scale)
}

/** Baselines of further lines are closer than in running text: a label is read at a glance. */
const labelLeading = 0.85

function drawWords(canvas: Canvas, shape: Words, { paragraph, lines }: SetText, { x, y, scale }: Place): void {
  for (const [index, line] of lines.entries()) {
    const start = x + shape.x * scale - line.width * anchors[shape.anchor]
    const baseline = y + shape.y * scale + index * paragraph.leading * labelLeading
    canvas.plainLine(line, start, baseline, colours[shape.colour])
  }
}

/**
 * A figure, drawn as one tag with its alternative text; a caption below it.
 * @param most height in points that both may take: a page, where nothing else is said
 */
export function figureSlabs(
  context: LayoutContext,
  block: Figure,
  gap: number,
  most = context.page.bottom - context.page.top,
): Slab[] {
  const caption = block.caption && setText(context, block.caption, textStyles.caption, context.width)
  const room = most - (caption ? caption.height + captionGap : 0)
  const widest = (context.width * (block.share ?? 1)) / block.width
  const scale = Math.min(widest, room / block.height)
  const width = block.width * scale
  const height = block.height * scale
  const x = context.x + (widest > scale ? (context.width - width) / 2 : 0)
  // Set while laying out, so that a missing character is found before anything is drawn.
  const words = new Map(
    block.shapes
      .filter((shape) => shape.shape === 'text')
      .map((shape): [Shape, SetText] => [shape, setWords(context, shape, scale)]),
  )
  const drawing: Slab = {
    height,
    gap,
    keepsNext: caption !== undefined,
    draw: (canvas, top) => {
      const place = { x, y: top, scale }
      const box = [x, top, x + width, top + height] as const
      const alt = plainLine(block.alt)
      canvas.figure(tag('Figure', context.root, { alt, box, language: context.language }), () => {
        for (const shape of block.shapes) {
          if (shape.shape === 'path') drawPath(canvas.file, shape, place)
          else if (shape.shape === 'rect') drawRect(canvas.file, shape, place)
          else {
            const set = words.get(shape)
            if (set) drawWords(canvas, shape, set, place)
          }
        }
      })
    },
  }
  if (!block.caption || !caption) return [drawing]
  const captionTag = wordsTag(context, 'P', context.root, block.caption)
  return [drawing, ...textSlabs(caption.paragraph, caption.lines, captionTag, { x: context.x, gap: captionGap })]
}
