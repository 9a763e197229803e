import { widthInEms } from './labels.ts'
import { type ChartItem, type Fill, fillOf, totalOf } from './model.ts'
import { scaleFor } from './scale.ts'

export interface Column {
  readonly item: ChartItem
  /** The middle, from 0 to 1 of the width. */
  readonly middle: number
  /** Left out where labels would run into one another. */
  readonly showsLabel: boolean
  readonly start: number
  readonly width: number
  readonly parts: readonly { readonly fill: Fill; readonly y: number; readonly height: number }[]
}

export interface ColumnsDrawing {
  readonly height: number
  /** Where the columns stand. */
  readonly floor: number
  /** Baseline of the labels below. */
  readonly labelY: number
  readonly ticks: readonly { readonly value: number; readonly y: number }[]
  readonly columns: readonly Column[]
}

/** Pixels. Above the highest line there is room for its number, below the floor for the labels. */
const sizes = { top: 22, plot: 176, labels: 30, baseline: 20 } as const

/** As `bars.ts`: the narrowest drawing. */
const narrowestEms = 20

/** Columns side by side over a scale of round numbers, each with its label below. Items come in reading order. */
export function drawColumns(items: readonly ChartItem[]): ColumnsDrawing {
  const { top, ticks } = scaleFor(Math.max(0, ...items.map(totalOf)))
  const floor = sizes.top + sizes.plot
  const y = (value: number) => floor - (value / top) * sizes.plot
  const slot = 1 / Math.max(1, items.length)
  const widest = Math.max(0, ...items.map(({ label }) => widthInEms(label))) + 0.8
  const every = Math.max(1, Math.ceil(widest / (narrowestEms * slot)))
  return {
    height: floor + sizes.labels,
    floor,
    labelY: floor + sizes.baseline,
    ticks: ticks.map((value) => ({ value, y: y(value) })),
    columns: items.map((item, n) => {
      let reached = 0
      return {
        item,
        middle: (n + 0.5) * slot,
        // The last one, the latest, always has its label.
        showsLabel: (items.length - 1 - n) % every === 0,
        start: (n + 0.16) * slot,
        width: 0.68 * slot,
        parts: item.values.flatMap((value, series) => {
          if (value <= 0) return []
          const from = y(reached)
          reached += value
          return [{ fill: fillOf(series), y: y(reached), height: from - y(reached) }]
        }),
      }
    }),
  }
}
