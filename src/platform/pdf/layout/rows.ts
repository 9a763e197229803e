import type { SetText } from '#platform/pdf/layout/context.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { Canvas } from '#platform/pdf/write/canvas.ts'
import type { Tag } from '#platform/pdf/write/tags.ts'

/** A cell of a row: its words, where they stand, and what they are. `x` and `width` in points. */
export interface Cell {
  readonly text: SetText
  readonly x: number
  readonly width: number
  readonly align: 'start' | 'end'
  readonly tag: Tag
}

export interface RowLook {
  /** White above and below the words, in points. */
  readonly padding: number
  /** White above the words where it is another than below. */
  readonly paddingAbove?: number
  /** Drawn behind and below a row, or the last piece of one, of the given place and height; always an artifact. */
  readonly decorate?: (canvas: Canvas, top: number, height: number) => void
  /** Drawn behind a row, or each piece of one. */
  readonly ground?: (canvas: Canvas, top: number, height: number) => void
  /** Drawn beside the first baseline: a bullet; always an artifact. */
  readonly mark?: (canvas: Canvas, baseline: number) => void
  /** Rows higher than this, in points, may be cut between lines. */
  readonly longestWhole?: number
}

const longestWhole = 140

/** A cut leaves so many lines of a cell on either side of it. */
const fewestLines = 2

/** Which lines of each cell a piece of a row has: from, and up to. */
interface Piece {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** Height of lines from the first baseline down to the foot of the last one. */
function belowBaseline({ text: { paragraph } }: Cell, lines: number): number {
  return lines === 0 ? 0 : lines * paragraph.leading - paragraph.ascent
}

/** First baselines of all cells of a row are level. */
export function ascentOf(cells: readonly Cell[]): number {
  return Math.max(0, ...cells.map(({ text }) => text.paragraph.ascent))
}

class Row {
  readonly #cells: readonly Cell[]
  readonly #closing: readonly Tag[]
  readonly #look: RowLook
  readonly #ascent: number
  readonly #above: number

  constructor(cells: readonly Cell[], closing: readonly Tag[], look: RowLook) {
    this.#cells = cells
    this.#closing = closing
    this.#look = look
    this.#ascent = ascentOf(cells)
    this.#above = look.paddingAbove ?? look.padding
  }

  whole(): Slab {
    const from = this.#cells.map(() => 0)
    const to = this.#cells.map(({ text }) => text.lines.length)
    return this.#slab({ from, to, isFirst: true, isLast: true })
  }

  #heightOf({ from, to, isFirst, isLast }: Piece): number {
    const below = this.#cells.map((cell, index) => belowBaseline(cell, (to[index] ?? 0) - (from[index] ?? 0)))
    const padding = (isLast ? this.#look.padding : 0) + (isFirst ? this.#above : 0)
    return padding + this.#ascent + Math.max(0, ...below)
  }

  /** Cuts where `room` ends, each cell at its own line. */
  #cut(piece: Piece, room: number): readonly [Piece, Piece] | undefined {
    const below = room - (piece.isFirst ? this.#above : 0) - this.#ascent
    const at: number[] = []
    for (const [index, cell] of this.#cells.entries()) {
      const from = piece.from[index] ?? 0
      const count = (piece.to[index] ?? 0) - from
      let fitting = count
      while (fitting > 0 && belowBaseline(cell, fitting) > below) fitting--
      if (fitting < count) {
        fitting = Math.min(fitting, count - fewestLines)
        if (fitting < fewestLines) return undefined
      }
      at.push(from + fitting)
    }
    if (at.every((place, index) => place === piece.to[index])) return undefined
    return [
      { ...piece, to: at, isLast: false },
      { ...piece, from: at, isFirst: false },
    ]
  }

  /** Height of the least that can stand before a cut. */
  #least(piece: Piece): number {
    const to = this.#cells.map((_, index) => {
      const from = piece.from[index] ?? 0
      const count = (piece.to[index] ?? 0) - from
      return from + (count < 2 * fewestLines ? count : fewestLines)
    })
    return this.#heightOf({ ...piece, to, isLast: false })
  }

  #slab(piece: Piece): Slab {
    const height = this.#heightOf(piece)
    const isCuttable = height > (this.#look.longestWhole ?? longestWhole)
    return {
      height,
      gap: 0,
      keepsNext: false,
      draw: (canvas, top) => this.#draw(canvas, top, height, piece),
      ...(isCuttable || !piece.isFirst
        ? {
            least: this.#least(piece),
            split: (room: number) => {
              const pieces = this.#cut(piece, room)
              return pieces && [this.#slab(pieces[0]), this.#slab(pieces[1])]
            },
          }
        : {}),
    }
  }

  #draw(canvas: Canvas, top: number, height: number, { from, to, isFirst, isLast }: Piece): void {
    const baseline = top + (isFirst ? this.#above : 0) + this.#ascent
    const { decorate, ground, mark } = this.#look
    if (ground) canvas.artifact(() => ground(canvas, top, height))
    if (isLast && decorate) canvas.artifact(() => decorate(canvas, top, height))
    if (isFirst && mark) canvas.artifact(() => mark(canvas, baseline))
    for (const [index, cell] of this.#cells.entries()) {
      canvas.begin(cell.tag)
      const { paragraph, lines } = cell.text
      for (const [number, line] of lines.slice(from[index], to[index]).entries()) {
        const x = cell.align === 'end' ? cell.x + cell.width - line.width : cell.x
        canvas.line(cell.tag, paragraph, line, x, baseline + number * paragraph.leading)
      }
    }
    if (!isLast) return
    for (const cell of this.#cells) canvas.close(cell.tag)
    for (const tag of this.#closing) canvas.close(tag)
  }
}

/**
 * A row of cells, their first lines level.
 * @param closing the tags, beside those of the cells, that end with the row, inner ones first
 */
export function rowSlab(cells: readonly Cell[], closing: readonly Tag[], look: RowLook): Slab {
  return new Row(cells, closing, look).whole()
}
