import { formatNumber } from '#platform/i18n/format.ts'
import { setText, type LayoutContext, type SetText } from '#platform/pdf/layout/context.ts'
import type { DocumentModel, Runs } from '#platform/pdf/model.ts'
import { colours, textStyles, type TextStyle } from '#platform/pdf/style.ts'
import type { Canvas } from '#platform/pdf/write/canvas.ts'
import { drawMark, markRatio } from '#platform/pdf/write/mark.ts'

/** Heads and feet: the same on every page, read on none. */

interface Words {
  readonly set: SetText
  readonly style: TextStyle
  readonly width: number
}

type Place = readonly [x: number, baseline: number, align?: 'start' | 'end']

/** Between the lines of the foot, in points. */
const furtherLine = 14
const markWidth = 30
const markInset = markWidth + 10
const coverMarkWidth = 48
const headShare = 0.6
const labelShare = 0.3
/** The marking's box: white around its words, and its distance from the page's upper edge. */
const marking = { side: 8, height: 18, top: 14 }

/**
 * Sets the words that all pages share, once a document.
 * @returns what draws them on a page, and tells how far the head's words go
 */
export function prepareFurniture(context: LayoutContext, model: DocumentModel) {
  const { x: left, width, page } = context
  const prepare = (runs: Runs, style: TextStyle, room: number): Words => ({
    set: setText(context, runs, style, room),
    style,
    width: room,
  })
  const plain = (text: string, style: TextStyle, room: number) => prepare([{ text }], style, room)
  const site = plain(model.head.site, textStyles.headSite, width * headShare - markInset)
  const coverSite = plain(model.head.site, textStyles.coverSite, width - coverMarkWidth - 14)
  const kind = plain(model.head.kind, textStyles.head, width * (1 - headShare))
  const issued = plain(model.foot.issued, textStyles.head, width * (1 - labelShare))
  const address = plain(`${model.foot.label} ${model.foot.address}`, textStyles.head, width)
  plain(model.pageLabel, textStyles.head, width)
  const marked = model.marking && prepare(model.marking, textStyles.marking, width - 2 * marking.side)

  const draw = (canvas: Canvas, { set, style, width: room }: Words, [x, baseline, align]: Place, most = 2) => {
    for (const [index, line] of set.lines.slice(0, most).entries()) {
      const inset = align === 'end' ? room - line.width : 0
      canvas.plainLine(line, x + inset, baseline + index * furtherLine, style.colour)
    }
  }

  const drawMarking = (canvas: Canvas) => {
    const [line] = marked?.set.lines ?? []
    if (!marked || !line) return
    const boxWidth = line.width + 2 * marking.side
    const x = left + (width - boxWidth) / 2
    canvas.frame(x, marking.top, boxWidth, marking.height, 0.9, colours.accent)
    const { size } = marked.style
    canvas.plainLine(line, x + marking.side, marking.top + marking.height / 2 + 0.36 * size, marked.style.colour)
  }

  const drawHead = (canvas: Canvas) => {
    const { headBaseline } = page
    drawMark(canvas.file, left, headBaseline + 2.5 - markWidth * markRatio, markWidth)
    draw(canvas, site, [left + markInset, headBaseline], 1)
    draw(canvas, kind, [left + width * headShare, headBaseline, 'end'], 1)
    canvas.rule(left, headBaseline + 14, width, 0.6, colours.hairline)
  }

  const drawCoverHead = (canvas: Canvas) => {
    const { headBaseline } = page
    drawMark(canvas.file, left, headBaseline + 4 - coverMarkWidth * markRatio, coverMarkWidth)
    draw(canvas, coverSite, [left + coverMarkWidth + 14, headBaseline], 1)
  }

  const drawFoot = (canvas: Canvas, number: number, count: number) => {
    const { footBaseline } = page
    canvas.rule(left, footBaseline - 17, width, 0.6, colours.hairline)
    const text = model.pageLabel
      .replace('{page}', formatNumber(number, model.locale))
      .replace('{pages}', formatNumber(count, model.locale))
    const label = plain(text, textStyles.head, width * labelShare)
    draw(canvas, label, [left + width * (1 - labelShare), footBaseline, 'end'], 1)
    draw(canvas, issued, [left, footBaseline], 1)
    draw(canvas, address, [left, footBaseline + furtherLine])
  }

  /**
   * @param number of this page, from 1
   * @param count of all pages
   */
  return (canvas: Canvas, number: number, count: number, isCover: boolean): void => {
    if (marked) canvas.artifact(() => drawMarking(canvas), 'Header')
    if (isCover) {
      canvas.artifact(() => drawCoverHead(canvas), 'Header')
      return
    }
    canvas.artifact(() => drawHead(canvas), 'Header')
    canvas.artifact(() => drawFoot(canvas, number, count), 'Footer')
  }
}
