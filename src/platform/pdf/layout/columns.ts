import type { LayoutContext } from '#platform/pdf/layout/context.ts'

/** A part of the text area's width, in points. */
export interface Column {
  readonly x: number
  readonly width: number
  readonly align: 'start' | 'end'
}

/** Between two languages side by side, in points. */
export const columnGutter = 22

/** The columns of two languages. */
export function columnsOfPair(context: LayoutContext): readonly [Column, Column] {
  const width = (context.width - columnGutter) / 2
  return [
    { x: context.x, width, align: 'start' },
    { x: context.x + width + columnGutter, width, align: 'start' },
  ]
}

export function wholeColumn({ x, width }: LayoutContext): Column {
  return { x, width, align: 'start' }
}
