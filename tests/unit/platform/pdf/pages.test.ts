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
