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
  /** Drawn behind and below a row of the given place and height; always an artifact. */
  readonly decorate: (canvas: Canvas, top: number, height: number) => void
}

/** First baselines of all cells of a row are level. */
function ascentOf(cells: readonly Cell[]): number {
  return Math.max(...cells.map(({ text }) => text.paragraph.ascent))
}

function drawLines(canvas: Canvas, cell: Cell, from: number, to: number, baseline: number): void {
  const { paragraph, lines } = cell.text
  for (const [index, line] of lines.slice(from, to).entries()) {
    const x = cell.align === 'end' ? cell.x + cell.width - line.width : cell.x
    canvas.line(cell.tag, paragraph, line, x, baseline + index * paragraph.leading)
  }
}

function closeRow(canvas: Canvas, cells: readonly Cell[], row: Tag): void {
  for (const cell of cells) canvas.close(cell.tag)
  canvas.close(row)
}

/** A row on one page. */
function wholeRow(cells: readonly Cell[], row: Tag, look: RowLook): Slab {
  const ascent = ascentOf(cells)
  const below = Math.max(...cells.map(({ text }) => text.height - text.paragraph.ascent))
  const height = ascent + below + 2 * look.padding
  return {
    height,
    gap: 0,
    keepsNext: false,
    draw: (canvas, top) => {
      canvas.artifact(() => look.decorate(canvas, top, height))
      for (const cell of cells) {
        canvas.begin(cell.tag)
        drawLines(canvas, cell, 0, cell.text.lines.length, top + look.padding + ascent)
      }
      closeRow(canvas, cells, row)
    },
  }
}

/** A row too high for a page, a line of each cell at a time. */
function rowByLines(cells: readonly Cell[], row: Tag, look: RowLook): Slab[] {
  const count = Math.max(...cells.map(({ text }) => text.lines.length))
  const leading = Math.max(...cells.map(({ text }) => text.paragraph.leading))
  const ascent = ascentOf(cells)
  return Array.from({ length: count }, (_, index): Slab => {
    const isLast = index === count - 1
    const above = index === 0 ? look.padding : 0
    const height = above + leading + (isLast ? look.padding : 0)
    return {
      height,
      gap: 0,
      keepsNext: index === 0 || index === count - 2,
      draw: (canvas, top) => {
        if (isLast) canvas.artifact(() => look.decorate(canvas, top, height))
        for (const cell of cells) {
          canvas.begin(cell.tag)
          drawLines(canvas, cell, index, index + 1, top + above + ascent)
        }
        if (isLast) closeRow(canvas, cells, row)
      },
    }
  })
}

/**
 * A row of cells as slabs: one, unless it is too high to stay whole.
 * @param longestWhole rows higher than this, in points, may be cut between lines
 */
export function rowSlabs(cells: readonly Cell[], row: Tag, look: RowLook, longestWhole = 320): Slab[] {
  const whole = wholeRow(cells, row, look)
  return whole.height > longestWhole ? rowByLines(cells, row, look) : [whole]
}
