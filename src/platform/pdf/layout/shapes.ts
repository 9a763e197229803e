import { tiles } from '#platform/charts/model.ts'
import type { Shape } from '#platform/pdf/model.ts'
import { colours, type Colour } from '#platform/pdf/style.ts'

/** Where a figure stands on its page, and how large. */
export interface Place {
  readonly x: number
  readonly y: number
  /** Points to a unit of the figure. */
  readonly scale: number
}

type Path = Extract<Shape, { shape: 'path' }>
type Rect = Extract<Shape, { shape: 'rect' }>

const hatchWidth = 1.4

function paint(file: PDFKit.PDFDocument, { fill, stroke, strokeWidth }: Omit<Path, 'shape' | 'd'>): void {
  if (strokeWidth !== undefined) file.lineWidth(strokeWidth)
  if (fill && stroke) file.fillAndStroke(colours[fill], colours[stroke])
  else if (fill) file.fill(colours[fill])
  else file.stroke(colours[stroke ?? 'ink'])
}

export function drawPath(file: PDFKit.PDFDocument, shape: Path, { x, y, scale }: Place): void {
  file.save().translate(x, y).scale(scale).path(shape.d)
  paint(file, shape)
  file.restore()
}

/** The lines or dots of a pattern over a rectangle, in the tiles that the site draws. */
function drawPattern(file: PDFKit.PDFDocument, pattern: 'hatched' | 'dotted', rect: Rect, colour: Colour): void {
  const { size, lines, dots } = tiles[pattern]
  file.save().rect(rect.x, rect.y, rect.width, rect.height).clip()
  for (let y = rect.y; y < rect.y + rect.height; y += size) {
    for (let x = rect.x; x < rect.x + rect.width; x += size) {
      for (const { from, to } of lines) file.moveTo(x + from[0], y + from[1]).lineTo(x + to[0], y + to[1])
      for (const { at, radius } of dots) file.circle(x + at[0], y + at[1], radius)
    }
  }
  if (lines.length > 0) file.lineWidth(hatchWidth).stroke(colour)
  else file.fill(colour)
  file.restore()
}

export function drawRect(file: PDFKit.PDFDocument, shape: Rect, { x, y, scale }: Place): void {
  if (shape.width <= 0 || shape.height <= 0) return
  file.save().translate(x, y).scale(scale)
  if (shape.pattern) {
    drawPattern(file, shape.pattern, shape, colours[shape.fill ?? 'lake'])
    file.rect(shape.x, shape.y, shape.width, shape.height)
    paint(file, { stroke: shape.stroke ?? shape.fill ?? 'lake', strokeWidth: shape.strokeWidth ?? 0.8 })
  } else {
    file.rect(shape.x, shape.y, shape.width, shape.height)
    paint(file, shape)
  }
  file.restore()
}
