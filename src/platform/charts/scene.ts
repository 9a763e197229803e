import type { FigureColour, Shape } from '#platform/pdf/model.ts'

/**
 * A drawing as shapes in its own units, from its upper left corner. The site writes it down as SVG, a document as vectors
 * of its page: what is drawn, and where, is decided once.
 */
export interface Scene {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
}

export type { FigureColour, Shape }

/** What a path looks like. */
export type Paint = Pick<Extract<Shape, { shape: 'path' }>, 'fill' | 'stroke' | 'strokeWidth'>

/** Coordinates are kept to a tenth of a unit: finer nobody sees, and equal drawings have equal bytes. */
export const round = (value: number): number => Math.round(value * 10) / 10

export function path(d: string, paint: Paint): Shape {
  return { shape: 'path', d, ...paint }
}

export function circle(x: number, y: number, radius: number, paint: Paint): Shape {
  const [left, right] = [round(x - radius), round(x + radius)]
  const arc = `A${round(radius)} ${round(radius)} 0 1 1`
  return path(`M${left} ${round(y)}${arc} ${right} ${round(y)}${arc} ${left} ${round(y)}Z`, paint)
}

/** A line from top to bottom; in dashes of `dash`, `dash` apart, where that is given. */
export function upright(x: number, from: number, to: number, paint: Paint, dash?: number): Shape {
  if (dash === undefined) return path(`M${round(x)} ${round(from)}V${round(to)}`, paint)
  const starts = Array.from({ length: Math.max(1, Math.ceil((to - from) / (2 * dash))) }, (_, n) => from + 2 * n * dash)
  return path(starts.map((y) => `M${round(x)} ${round(y)}V${round(Math.min(to, y + dash))}`).join(''), paint)
}

export function words(
  text: string,
  at: { readonly x: number; readonly y: number; readonly size: number },
  more: Partial<Pick<Extract<Shape, { shape: 'text' }>, 'anchor' | 'colour' | 'width'>> & {
    readonly weight?: 'regular' | 'bold'
  } = {},
): Shape {
  const { anchor = 'start', colour = 'ink', width, weight } = more
  return {
    shape: 'text',
    ...at,
    anchor,
    colour,
    run: { text, ...(weight && { weight }) },
    ...(width !== undefined && { width }),
  }
}

export type MarkShape = 'disc' | 'ring' | 'square' | 'frame' | 'wedge' | 'tent'

/** Marks that are told apart by their form, in any colour or none. */
export const markShapes: readonly MarkShape[] = ['disc', 'ring', 'square', 'frame', 'wedge', 'tent']

/** A mark around a point. */
export function mark(form: MarkShape, x: number, y: number, radius: number, colour: FigureColour = 'lake'): Shape {
  const full: Paint = { fill: colour, stroke: colour, strokeWidth: 1.2 }
  const open: Paint = { stroke: colour, strokeWidth: 1.2 }
  const [left, top, side] = [round(x - radius), round(y - radius), round(2 * radius)]
  const box = `M${left} ${top}h${side}v${side}h-${side}Z`
  const triangle = `M${round(x)} ${top}L${round(x + radius)} ${round(y + radius)}H${left}Z`
  switch (form) {
    case 'disc':
      return circle(x, y, radius, full)
    case 'ring':
      return circle(x, y, radius, open)
    case 'square':
      return path(box, full)
    case 'frame':
      return path(box, open)
    case 'wedge':
      return path(triangle, full)
    case 'tent':
      return path(triangle, open)
  }
}

/** Marks with what they stand for, in rows as wide as the drawing; the words' widths are estimated. */
export function legend(
  items: readonly { readonly draw: (x: number, y: number) => readonly Shape[]; readonly text: string }[],
  at: { readonly y: number; readonly width: number; readonly size: number },
  widthOf: (text: string) => number,
): { readonly shapes: readonly Shape[]; readonly height: number } {
  const [row, inset, between] = [at.size * 2.1, at.size * 1.9, at.size * 2]
  const shapes: Shape[] = []
  let [x, y] = [0, at.y + row * 0.5]
  for (const { draw, text } of items) {
    const width = inset + widthOf(text) * at.size
    if (x > 0 && x + width > at.width) {
      x = 0
      y += row
    }
    shapes.push(...draw(x + at.size * 0.7, y))
    shapes.push(words(text, { x: round(x + inset), y: round(y + at.size * 0.35), size: at.size }, { colour: 'muted' }))
    x += width + between
  }
  return { shapes, height: items.length === 0 ? 0 : y + row * 0.5 - at.y }
}
