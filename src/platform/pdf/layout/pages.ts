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
  // A break that nothing follows makes no page.
  if (chain.some(({ startsPage }) => !startsPage)) yield chain
}

/** How much of a chain must stand on one page: all of it, or up to the first piece of what can be cut. */
function heightOf(chain: readonly Slab[], isFirst: boolean): number {
  let height = 0
  for (const [index, slab] of chain.entries()) {
    if (!isFirst || index > 0) height += slab.gap
    if (slab.least !== undefined) return height + slab.least
    height += slab.height
  }
  return height
}

/** Sums of heights are rounded; what fits exactly must not move to the next page for it. */
const tolerance = 0.01

class Page {
  placed: PlacedSlab[] = []
  /** Holds nothing but what is repeated at its top. */
  isFresh = true
  #y: number
  readonly #bottom: number

  constructor(top: number, bottom: number) {
    this.#y = top
    this.#bottom = bottom
  }

  roomAfter(slab: Slab): number {
    return this.#bottom - this.#y - (this.isFresh ? 0 : slab.gap)
  }

  has(height: number): boolean {
    return this.#y + height <= this.#bottom + tolerance
  }

  put(slab: Slab): void {
    if (this.placed.length === 0 && slab.repeated) {
      this.placed.push({ slab: slab.repeated, top: this.#y })
      this.#y += slab.repeated.height
    }
    if (!this.isFresh) this.#y += slab.gap
    this.placed.push({ slab, top: this.#y })
    this.#y += slab.height
    this.isFresh = false
  }
}

/**
 * Fills pages from slabs, one page after the other, holding no more than one.
 * @param top upper edge of the text area, in points
 * @param bottom lower edge of the text area, in points
 */
export function* fillPages(slabs: Iterable<Slab>, top: number, bottom: number): Generator<PlacedSlab[]> {
  let page = new Page(top, bottom)
  for (const chain of chains(slabs)) {
    if (!page.isFresh && (chain[0]?.startsPage || !page.has(heightOf(chain, false)))) {
      yield page.placed
      page = new Page(top, bottom)
    }
    for (let slab of chain) {
      while (slab.height > page.roomAfter(slab) + tolerance) {
        const repeated = page.placed.length === 0 ? (slab.repeated?.height ?? 0) : 0
        const pieces = slab.split?.(page.roomAfter(slab) - repeated)
        if (pieces) {
          const [first, second] = pieces.map((piece) => ({ ...slab, ...piece, gap: slab.gap }))
          if (!first || !second) break
          page.put(first)
          slab = withoutMark(second)
        } else if (page.isFresh) break
        yield page.placed
        page = new Page(top, bottom)
      }
      page.put(slab)
    }
  }
  if (page.placed.length > 0) yield page.placed
}

/** What follows a cut: the heading, if it is one, began before it. */
function withoutMark(slab: Slab): Slab {
  const { bookmark: _, startsPage: __, ...rest } = slab
  return rest
}
