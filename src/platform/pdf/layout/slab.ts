import type { Canvas } from '#platform/pdf/write/canvas.ts'

/**
 * A horizontal piece of a page: a line, a row of a table. Heights are in points. Blocks become
 * slabs once, and slabs are placed twice: to count the pages, and to draw them.
 */
export interface Slab {
  readonly height: number
  /** White before it, dropped at the top of a page. */
  readonly gap: number
  /** Stays on the page of the slab that follows it. */
  readonly keepsNext: boolean
  /** Drawn again at the top of a page that begins with this slab: a table's header row. */
  readonly repeated?: Slab
  /** A heading of the outline begins with this slab; `block` is the number of its block in the document. */
  readonly bookmark?: { readonly level: number; readonly title: string; readonly block: number }
  /** Begins a page, unless it would be an empty one before it. */
  readonly startsPage?: boolean
  /** Belongs to a cover: a page that begins with it has no running head or foot. */
  readonly isCover?: boolean
  /** Height of the least first piece, of a slab that can be cut. */
  readonly least?: number
  /** Two pieces of it, the first no higher than `room`; undefined where no first piece is so low, or no cut is needed. */
  readonly split?: (room: number) => readonly [Slab, Slab] | undefined
  /** @param top distance of its upper edge from the page's, in points */
  readonly draw: (canvas: Canvas, top: number) => void
}
