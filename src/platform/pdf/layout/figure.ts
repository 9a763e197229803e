import { setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import { textSlabs } from '#platform/pdf/layout/text-slabs.ts'
import type { Figure, Shape } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'
import { makeLine, type Line } from '#platform/pdf/text/lines.ts'
import { shapeParagraph } from '#platform/pdf/text/paragraph.ts'
import type { Canvas } from '#platform/pdf/write/canvas.ts'
import { tag } from '#platform/pdf/write/tags.ts'

interface Place {
  readonly x: number
  readonly y: number
  /** Points to a unit of the figure. */
  readonly scale: number
}

const anchors = { start: 0, middle: 0.5, end: 1 } as const

function drawPath(canvas: Canvas, shape: Extract<Shape, { shape: 'path' }>, { x, y, scale }: Place): void {
  const { file } = canvas
  file.save().translate(x, y).scale(scale).path(shape.d)
  if (shape.strokeWidth !== undefined) file.lineWidth(shape.strokeWidth)
  if (shape.fill && shape.stroke) file.fillAndStroke(colours[shape.fill], colours[shape.stroke])
  else if (shape.fill) file.fill(colours[shape.fill])
  else file.stroke(colours[shape.stroke ?? 'ink'])
  file.restore()
}

type Words = Extract<Shape, { shape: 'text' }>

function setWords(context: LayoutContext, shape: Words, scale: number) {
  const style = { size: shape.size * scale, weight: 'regular', colour: colours[shape.colour] } as const
  const paragraph = shapeParagraph([shape.run], style, context.language)
  for (const character of paragraph.missing) context.missing.add(character)
  return makeLine(paragraph, 0, paragraph.text.length)
}

/** A figure as wide as the column, drawn as one tag with its alternative text; a caption below it. */
export function figureSlabs(context: LayoutContext, block: Figure, gap: number): Slab[] {
  const scale = context.width / block.width
  const height = block.height * scale
  // Set while laying out, so that a missing character is found before anything is drawn.
  const words = new Map(
    block.shapes
      .filter((shape) => shape.shape === 'text')
      .map((shape): [Shape, Line] => [shape, setWords(context, shape, scale)]),
  )
  const drawing: Slab = {
    height,
    gap,
    keepsNext: block.caption !== undefined,
    draw: (canvas, top) => {
      const place = { x: context.x, y: top, scale }
      const box = [context.x, top, context.x + context.width, top + height] as const
      canvas.figure(tag('Figure', context.root, { alt: block.alt, box, language: context.language }), () => {
        for (const shape of block.shapes) {
          if (shape.shape === 'rect') continue
          if (shape.shape === 'path') {
            drawPath(canvas, shape, place)
            continue
          }
          const line = words.get(shape)
          if (!line) continue
          const x = place.x + shape.x * scale - line.width * anchors[shape.anchor]
          canvas.plainLine(line, x, top + shape.y * scale, colours[shape.colour])
        }
      })
    },
  }
  if (!block.caption) return [drawing]
  const { paragraph, lines } = setText(context, block.caption, textStyles.caption, context.width)
  const captionTag = wordsTag(context, 'P', context.root, block.caption)
  return [drawing, ...textSlabs(paragraph, lines, captionTag, { x: context.x, gap: 5 })]
}
