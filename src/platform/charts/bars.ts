import { widthInEms, wrapLabel } from './labels.ts'
import { type ChartItem, type Fill, fillOf, totalOf } from './model.ts'

/** A part of a bar. */
export interface BarPart {
  readonly fill: Fill
  /** From 0 to 1 of the width. */
  readonly start: number
  readonly length: number
}

export interface Bar {
  readonly item: ChartItem
  /** The label, over its bar: baselines of its lines. */
  readonly lines: readonly { readonly text: string; readonly y: number }[]
  /** Top of the bar itself. */
  readonly y: number
  readonly parts: readonly BarPart[]
}

export interface BarsDrawing {
  readonly height: number
  readonly barHeight: number
  readonly bars: readonly Bar[]
}

/** Sizes in pixels; the height of a line has room for the marks above and below of Thai and Burmese. */
const sizes = { line: 24, baseline: 17, bar: 12, gap: 10 } as const

/** The narrowest drawing is 20 ems wide: on a telephone, in the size of small text. */
const narrowestEms = 20

/**
 * Horizontal bars, one under the other, each under its label, with its value at the end of the label's first line.
 * @param full what the whole width stands for; the longest bar where nothing is said
 * @param ems how wide the drawing is at least, in the size of its labels
 */
export function drawBars(items: readonly ChartItem[], full?: number, ems = narrowestEms): BarsDrawing {
  const most = full ?? Math.max(0, ...items.map(totalOf))
  let y = 0
  const bars = items.map((item): Bar => {
    const wrapped = wrapLabel(item.label, ems - widthInEms(item.text) - 1)
    const lines = wrapped.map((text, n) => ({ text, y: y + n * sizes.line + sizes.baseline }))
    const top = y + wrapped.length * sizes.line
    y = top + sizes.bar + sizes.gap
    return { item, lines, y: top, parts: partsOf(item, most) }
  })
  return { height: Math.max(0, y - sizes.gap) + 1, barHeight: sizes.bar, bars }
}

function partsOf({ values }: ChartItem, most: number): BarPart[] {
  let start = 0
  return values.flatMap((value, series) => {
    if (value <= 0 || most <= 0) return []
    const part = { fill: fillOf(series), start, length: Math.min(1 - start, value / most) }
    start += part.length
    return [part]
  })
}
