import { breakLines, type Line } from '#platform/pdf/text/lines.ts'
import type { ShapedParagraph } from '#platform/pdf/text/paragraph.ts'

/** Paragraphs of more lines are left as they fall. */
const mostLines = 12

/** A last line shorter than this part of the column looks like a slip … */
const shortLastLine = 0.14
/** … and is mended when narrower lines above make it at least this long. */
const mendedLastLine = 0.2

/** The narrowest column that gives no more lines: lines of a heading come out equally long. */
function evenLines(paragraph: ShapedParagraph, lines: readonly Line[], width: number): readonly Line[] {
  let best = lines
  let low = width / 2
  let high = width
  for (let step = 0; step < 6; step++) {
    const middle = (low + high) / 2
    const candidate = breakLines(paragraph, middle)
    if (candidate.length > lines.length) low = middle
    else {
      high = middle
      best = candidate
    }
  }
  return best
}

function withoutShortEnd(paragraph: ShapedParagraph, lines: readonly Line[], width: number): readonly Line[] {
  if ((lines.at(-1)?.width ?? width) >= shortLastLine * width) return lines
  for (const part of [0.98, 0.96, 0.94, 0.92]) {
    const candidate = breakLines(paragraph, width * part)
    if (candidate.length > lines.length) return lines
    if ((candidate.at(-1)?.width ?? 0) >= mendedLastLine * width) return candidate
  }
  return lines
}

/** Lines for reading: headings balanced, paragraphs without a lone word at their end. `width` in points. */
export function setLines(paragraph: ShapedParagraph, width: number): readonly Line[] {
  const lines = breakLines(paragraph, width)
  const isBrokenByHand = paragraph.breaks.some(({ required }) => required)
  if (lines.length < 2 || lines.length > mostLines || isBrokenByHand) return lines
  return paragraph.style.isHeading ? evenLines(paragraph, lines, width) : withoutShortEnd(paragraph, lines, width)
}
