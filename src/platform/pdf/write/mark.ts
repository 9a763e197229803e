import { colours } from '#platform/pdf/style.ts'

/** Height of the mark for a width of 1. */
export const markRatio = 26 / 48

/**
 * The mark, as `ui/Mark.astro` has it: two arcs, one from either bank, that meet and carry each other, over a line of
 * water.
 * @param width in points; the upper left corner is at `x`, `y`
 */
export function drawMark(file: PDFKit.PDFDocument, x: number, y: number, width: number): void {
  file.save()
  file.translate(x, y).scale(width / 48)
  file.lineWidth(4.5)
  file.path('M2.5 20A15 15 0 0 1 20.93 5.4M26.78 8.21A15 15 0 0 1 32.5 20').stroke(colours.lake)
  file.path('M15.5 20A15 15 0 0 1 45.5 20').stroke(colours.accent)
  file.path('M0 24.2h48').lineWidth(2).stroke(colours.muted)
  file.restore()
}
