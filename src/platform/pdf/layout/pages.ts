import type { Slab } from '#platform/pdf/layout/slab.ts'

/** A slab with its place on a page; `top` in points from the page's upper edge. */
export interface PlacedSlab {
  readonly slab: Slab
  readonly top: number
}

/** Slabs that stay together, up to and with the first that does not keep the next. */
function* chains(slabs: Iterable<Slab>): Generator<Slab[]> {
  let chain: Slab[] = []
  for (const slab of slabs) {
    chain.push(slab)
    if (slab.keepsNext) continue
    yield chain
    chain = []
  }
  if (chain.length > 0) yield chain
}

/**
 * Fills pages from slabs, one page after the other, holding no more than one.
 * @param top upper edge of the text area, in points
 * @param bottom lower edge of the text area, in points
 */
export function* fillPages(slabs: Iterable<Slab>, top: number, bottom: number): Generator<PlacedSlab[]> {
  let placed: PlacedSlab[] = []
  let y = top
  const put = (slab: Slab, gap: number) => {
    placed.push({ slab, top: y + gap })
    y += gap + slab.height
  }
  const heightOf = (chain: readonly Slab[], isFirst: boolean) =>
    chain.reduce((sum, slab, index) => sum + slab.height + (isFirst && index === 0 ? 0 : slab.gap), 0)

  for (const chain of chains(slabs)) {
    if (chain[0]?.startsPage && placed.length > 0) {
      yield placed
      placed = []
      y = top
    }
    const isTooHigh = heightOf(chain, true) > bottom - top
    if (!isTooHigh && placed.length > 0 && y + heightOf(chain, false) > bottom) {
      yield placed
      placed = []
      y = top
    }
    for (const slab of chain) {
      if (placed.length > 0 && y + slab.gap + slab.height > bottom) {
        yield placed
        placed = []
        y = top
      }
      if (placed.length === 0 && slab.repeated) put(slab.repeated, 0)
      put(slab, placed.length === 0 ? 0 : slab.gap)
    }
  }
  if (placed.length > 0) yield placed
}
