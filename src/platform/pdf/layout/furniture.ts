import { formatNumber } from '#platform/i18n/format.ts'
import { setText, type LayoutContext } from '#platform/pdf/layout/context.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { colours, textStyles, type TextStyle } from '#platform/pdf/style.ts'
import type { Canvas } from '#platform/pdf/write/canvas.ts'
import { drawMark, markRatio } from '#platform/pdf/write/mark.ts'

/** Heads and feet: the same on every page, read on none. */

/** Draws words, further lines below the first; gives back the width of the first. */
function drawWords(
  canvas: Canvas,
  context: LayoutContext,
  text: string,
  style: TextStyle,
  place: { readonly x: number; readonly width: number; readonly baseline: number; readonly align: 'start' | 'end' },
): number {
  const { lines } = setText(context, [{ text }], style, place.width)
  for (const [index, line] of lines.entries()) {
    const x = place.align === 'end' ? place.x + place.width - line.width : place.x
    canvas.plainLine(line, x, place.baseline + index * furtherLine, style.colour)
  }
  return lines[0]?.width ?? 0
}

/** Between the lines of the foot, in points. */
const furtherLine = 14

const markWidth = 30

/**
 * @param number of this page, from 1
 * @param count of all pages
 */
export function drawFurniture(
  canvas: Canvas,
  context: LayoutContext,
  model: DocumentModel,
  number: number,
  count: number,
): void {
  const { x: left, width } = context
  const { headBaseline, footBaseline } = context.page
  canvas.artifact(() => {
    drawMark(canvas.file, left, headBaseline + 2.5 - markWidth * markRatio, markWidth)
    const inset = markWidth + 10
    drawWords(canvas, context, model.head.site, textStyles.headSite, {
      x: left + inset,
      width: width * 0.6 - inset,
      baseline: headBaseline,
      align: 'start',
    })
    drawWords(canvas, context, model.head.kind, textStyles.head, {
      x: left + width * 0.6,
      width: width * 0.4,
      baseline: headBaseline,
      align: 'end',
    })
    canvas.rule(left, headBaseline + 14, width, 0.6, colours.hairline)

    canvas.rule(left, footBaseline - 17, width, 0.6, colours.hairline)
    const label = model.pageLabel
      .replace('{page}', formatNumber(number, model.locale))
      .replace('{pages}', formatNumber(count, model.locale))
    const labelWidth = drawWords(canvas, context, label, textStyles.head, {
      x: left + width * 0.7,
      width: width * 0.3,
      baseline: footBaseline,
      align: 'end',
    })
    const room = width - labelWidth - 24
    drawWords(canvas, context, model.foot.issued, textStyles.head, {
      x: left,
      width: room,
      baseline: footBaseline,
      align: 'start',
    })
    drawWords(canvas, context, `${model.foot.label} ${model.foot.address}`, textStyles.head, {
      x: left,
      width,
      baseline: footBaseline + furtherLine,
      align: 'start',
    })
  }, 'Pagination')
}
