import { describe, expect, it } from 'vitest'
import { drawingOf } from '#features/portal/drawing.ts'
import type { Network } from '#features/portal/network.ts'

const country = (code: string, partners: number, centre: readonly [number, number] | undefined) => ({
  code,
  name: code,
  partners,
  labs: 0,
  partnersHref: '',
  labsHref: '',
  centre,
})

const network: Network = {
  countries: [country('TH', 30, [13.75, 100.5]), country('MV', 1, [4.2, 73.5]), country('XX', 1, undefined)],
  yunnan: 3,
  points: [
    { at: [25.04, 102.71], side: 'yunnan' },
    { at: [25.041, 102.712], side: 'yunnan' },
    { at: [13.75, 100.5], side: 'abroad' },
  ],
  partners: 5,
  labs: 0,
}
const drawing = drawingOf(network)

describe('the network drawn', () => {
  it('has an arc for each country with a place, broader for more partners', () => {
    expect(drawing.arcs.map(({ code }) => code)).toEqual(['TH', 'MV'])
    const [thailand, maldives] = drawing.arcs
    expect(thailand?.weight).toBeGreaterThan(maldives?.weight ?? Infinity)
  })

  it('makes one dot of institutions in one place', () => {
    expect(drawing.points).toHaveLength(2)
    expect(drawing.points[0]?.r).toBeGreaterThan(drawing.points[1]?.r ?? Infinity)
  })

  it('stays within its frame, north up', () => {
    for (const { x, y } of [...drawing.points, ...drawing.arcs.map(({ end }) => end)]) {
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(drawing.width)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(drawing.height)
    }
    expect(drawing.kunming.y).toBeLessThan(drawing.arcs[0]?.end.y ?? 0)
  })
})
