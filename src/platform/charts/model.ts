/**
 * Charts as plain geometry: what is drawn, by whom it is written down (SVG on a page, a PDF) is another matter. Places
 * along the reading direction are parts of the width, from 0 to 1, so that a drawing fits any width and its texts keep
 * their size; places down the page are in CSS pixels (or points). Nothing here knows what is counted.
 */

/** One line of a chart: a thing with a value for each series. */
export interface ChartItem {
  readonly label: string
  /** BCP 47 tag, where the label is in another language than the page. */
  readonly lang?: string | undefined
  /** Non-negative, one for each series, which are drawn one after the other (stacked). */
  readonly values: readonly number[]
  /** The value as the reader writes it. */
  readonly text: string
}

/** How the areas of a series are filled: told apart without colour, in black and white as well as in the dark. */
export const fills = ['solid', 'hatched', 'dotted', 'open'] as const

export type Fill = (typeof fills)[number]

export function fillOf(series: number): Fill {
  return fills[series % fills.length] ?? 'solid'
}

/** The tile that a fill repeats, `size` wide and high: lines by their ends and a stroke, dots by centre and radius. */
export interface Tile {
  readonly size: number
  readonly lines: readonly { readonly from: readonly [number, number]; readonly to: readonly [number, number] }[]
  readonly dots: readonly { readonly at: readonly [number, number]; readonly radius: number }[]
}

export const tiles: Readonly<Record<'hatched' | 'dotted', Tile>> = {
  hatched: {
    size: 6,
    // Beyond the corners, so that the line is whole where tiles meet.
    lines: [
      { from: [-1.5, 1.5], to: [1.5, -1.5] },
      { from: [0, 6], to: [6, 0] },
      { from: [4.5, 7.5], to: [7.5, 4.5] },
    ],
    dots: [],
  },
  dotted: { size: 5, lines: [], dots: [{ at: [2.5, 2.5], radius: 1.2 }] },
}

export const totalOf = ({ values }: Pick<ChartItem, 'values'>): number => values.reduce((sum, value) => sum + value, 0)
