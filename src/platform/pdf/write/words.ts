import type { Cluster } from '#platform/pdf/fonts/clusters.ts'
import type { Colour } from '#platform/pdf/style.ts'
import type { Segment } from '#platform/pdf/text/lines.ts'
import { useFace } from '#platform/pdf/write/file.ts'

/** The parts of PDFKit 0.20.2 that its types leave out. Widths in thousandths of the size. */
interface Internals {
  readonly _font: {
    readonly id: string
    readonly ref: () => unknown
    /** Two bytes of each glyph as hexadecimal digits, and where it stands. */
    readonly encode: (
      text: string,
      clusters: readonly Cluster[],
    ) => [
      codes: string[],
      positions: { readonly xAdvance: number; readonly xOffset: number; readonly advanceWidth: number }[],
    ]
  }
  readonly page: { readonly fonts: Record<string, unknown> }
}

/** PDF takes no more of a number's decimals than a device shows. */
const decimal = (value: number) => String(Math.round(value * 1e4) / 1e4)

/**
 * Writes a segment of a line at its place: PDFKit's own `text` measures it twice more, saves and restores the state
 * around it, and writes a matrix for each mark that is moved, a quarter of what a page takes.
 * @param x left edge of the line, in points
 * @param baseline from the upper edge of the page, in points
 */
export function writeWords(
  file: PDFKit.PDFDocument,
  segment: Segment,
  x: number,
  baseline: number,
  colour: Colour,
): void {
  useFace(file, segment.face, segment.size)
  file.fillColor(colour)
  const { _font: font, page } = file as unknown as Internals
  page.fonts[font.id] ??= font.ref()
  const [codes, positions] = font.encode(segment.text, segment.clusters)
  let line = ''
  let hex = ''
  // What the next glyph is moved to the left by, which is how TJ counts.
  let move = 0
  for (const [index, code] of codes.entries()) {
    const { xAdvance = 0, xOffset = 0, advanceWidth = 0 } = positions[index] ?? {}
    move -= xOffset
    if (Math.abs(move) > 1e-6) {
      if (hex !== '') line += `<${hex}>`
      line += ` ${decimal(move)} `
      hex = ''
    }
    hex += code
    move = advanceWidth - xAdvance + xOffset
  }
  if (hex !== '') line += `<${hex}>`
  // PDFKit turns its pages upside down; letters stand upright.
  const place = `1 0 0 -1 ${decimal(x + segment.x)} ${decimal(baseline)} Tm`
  file.addContent(`BT\n/${font.id} ${decimal(segment.size)} Tf\n${place}\n[${line}] TJ\nET`)
}
