import type { Line } from '#platform/pdf/text/lines.ts'
import type { ShapedParagraph } from '#platform/pdf/text/paragraph.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { Tag } from '#platform/pdf/write/tags.ts'

export interface TextPlace {
  /** Left edge, in points. */
  readonly x: number
  /** White before the first line, in points. */
  readonly gap: number
  /** Every line stays with the next, and the last with what follows the paragraph: a heading. */
  readonly keepsAll?: boolean
  readonly bookmark?: Slab['bookmark']
}

/** Lines of a paragraph as slabs: no first line alone at the foot of a page, no last line alone at the head of one. */
export function textSlabs(paragraph: ShapedParagraph, lines: readonly Line[], tag: Tag, place: TextPlace): Slab[] {
  return lines.map((line, index): Slab => {
    const isLast = index === lines.length - 1
    const keepsNext = place.keepsAll ?? (!isLast && (index === 0 || index === lines.length - 2))
    return {
      height: paragraph.leading,
      gap: index === 0 ? place.gap : 0,
      keepsNext,
      ...(index === 0 && place.bookmark ? { bookmark: place.bookmark } : {}),
      draw: (canvas, top) => {
        canvas.line(tag, paragraph, line, place.x, top + paragraph.ascent)
        if (isLast) canvas.close(tag)
      },
    }
  })
}
