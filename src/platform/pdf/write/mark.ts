import { colours } from '#platform/pdf/style.ts'

/**
 * The mark: two arcs that rise from either bank and meet in the middle, over a line of water. Drawn in a square of
 * `size` points whose upper left corner is at `x`, `y`.
 */
export function drawMark(file: PDFKit.PDFDocument, x: number, y: number, size: number): void {
  const unit = size / 24
  file.save()
  file.translate(x, y).scale(unit)
  file.lineWidth(2.6).lineCap('round')
  file.moveTo(1.5, 16.5).bezierCurveTo(2.5, 9, 7, 5, 12, 5).strokeColor(colours.lake).stroke()
  file.moveTo(22.5, 16.5).bezierCurveTo(21.5, 9, 17, 5, 12, 5).strokeColor(colours.accent).stroke()
  file.moveTo(5.5, 20.5).lineTo(18.5, 20.5).lineWidth(1.6).strokeColor(colours.lake).stroke()
  file.restore()
}
