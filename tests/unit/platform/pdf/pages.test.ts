import { describe, expect, test } from 'vitest'
import { fillPages } from '#platform/pdf/layout/pages.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'

function slab(height: number, more: Partial<Slab> = {}): Slab {
  return { height, gap: 0, keepsNext: false, draw: () => undefined, ...more }
}

/** Heights of the slabs of each page, with the place of each. */
function pages(slabs: readonly Slab[], bottom = 100): string[] {
  return Array.from(fillPages(slabs, 0, bottom), (placed) =>
    placed.map(({ slab: { height }, top }) => `${height}@${top}`).join(' '),
  )
}

describe('pages', () => {
  test('are filled to the foot and no further', () => {
    expect(pages([slab(40), slab(60), slab(1)])).toEqual(['40@0 60@40', '1@0'])
  })

  test('drop the white before their first slab', () => {
    expect(pages([slab(90), slab(20, { gap: 15 }), slab(20, { gap: 15 })])).toEqual(['90@0', '20@0 20@35'])
  })

  test('do not end with a heading', () => {
    expect(pages([slab(70), slab(20, { keepsNext: true }), slab(20)])).toEqual(['70@0', '20@0 20@20'])
  })

  test('keep a chain of headings with the lines under them', () => {
    const kept = [20, 10, 10].map((height) => slab(height, { keepsNext: true }))
    const chain = [...kept, slab(10)]
    expect(pages([slab(60), ...chain])).toEqual(['60@0', '20@0 10@20 10@30 10@40'])
  })

  test('cut a chain that is higher than a page', () => {
    const chain = Array.from({ length: 5 }, () => slab(30, { keepsNext: true }))
    expect(pages(chain)).toEqual(['30@0 30@30 30@60', '30@0 30@30'])
  })

  test('begin with the header of the table that runs over', () => {
    const repeated = slab(11)
    expect(pages([slab(10), slab(50, { repeated }), slab(50, { repeated })])).toEqual(['10@0 50@10', '11@0 50@11'])
  })

  test('take a slab higher than themselves rather than lose it', () => {
    expect(pages([slab(10), slab(300), slab(10)])).toEqual(['10@0', '300@0', '10@0'])
  })
})

/** A slab of lines of 10, to be cut between any two of them, two at least on either side. */
function lines(count: number, more: Partial<Slab> = {}): Slab {
  return slab(10 * count, {
    least: 10 * Math.min(2, count),
    split: (room) => {
      const first = Math.min(Math.floor(room / 10), count - 2)
      return first < 2 ? undefined : [lines(first), lines(count - first)]
    },
    ...more,
  })
}

describe('pages cut', () => {
  test('what can be cut where they end', () => {
    expect(pages([slab(70), lines(8)])).toEqual(['70@0 30@70', '50@0'])
  })

  test('the same over several pages, under the header each time', () => {
    expect(pages([lines(20, { repeated: slab(15) })])).toEqual(['15@0 80@15', '15@0 80@15', '15@0 40@15'])
  })

  test('nothing where too little of it would stand', () => {
    expect(pages([slab(85), lines(8)])).toEqual(['85@0', '80@0'])
  })

  test('what stands under a heading, which stays with its first piece', () => {
    const heading = slab(20, { keepsNext: true })
    expect(pages([slab(50), heading, lines(8)])).toEqual(['50@0 20@50 30@70', '50@0'])
    expect(pages([slab(70), heading, lines(8)])).toEqual(['70@0', '20@0 80@20'])
  })

  test('nothing that is kept with so much that no page holds it, but begin it on its own page', () => {
    const chain = Array.from({ length: 3 }, () => slab(40, { keepsNext: true }))
    expect(pages([slab(30), ...chain])).toEqual(['30@0', '40@0 40@40', '40@0'])
  })

  test('a bookmark once', () => {
    const bookmark = { level: 1, title: 'x', block: 1 }
    const placed = [...fillPages([lines(15, { bookmark })], 0, 100)].flat()
    expect(placed.map(({ slab: one }) => one.bookmark !== undefined)).toEqual([true, false])
  })
})

test('breaks that nothing follows make no page', () => {
  const pageBreak = slab(0, { keepsNext: true, startsPage: true })
  expect(pages([slab(10), pageBreak, pageBreak, slab(20), pageBreak])).toEqual(['10@0', '0@0 0@0 20@0'])
})
