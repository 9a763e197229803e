import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawBars } from '#platform/charts/bars.ts'
import { drawColumns } from '#platform/charts/columns.ts'
import { widthInEms, wrapLabel } from '#platform/charts/labels.ts'
import { fillOf, totalOf } from '#platform/charts/model.ts'
import { scaleFor } from '#platform/charts/scale.ts'
import { locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { agreementKinds } from '#features/agreements/model.ts'

const item = fc.record({
  label: fc.string({ maxLength: 40 }),
  values: fc.array(fc.nat(100_000), { minLength: 1, maxLength: 4 }),
  text: fc.constant('1'),
})
const items = fc.array(item, { maxLength: 20 })

describe('a scale', () => {
  test('reaches the greatest value in at most so many equal whole steps, and wastes less than half of itself', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: 2, max: 8 }), (greatest, steps) => {
        const { top, ticks } = scaleFor(greatest, steps)
        expect(top).toBeGreaterThanOrEqual(Math.max(1, greatest))
        expect(ticks.length).toBeLessThanOrEqual(steps + 1)
        expect([ticks[0], ticks.at(-1)]).toEqual([0, top])
        const step = ticks[1] ?? Number.NaN
        expect(Number.isInteger(step)).toBe(true)
        expect(ticks).toEqual(ticks.map((_, n) => n * step))
        expect(top - step).toBeLessThan(Math.max(1, greatest))
      }),
    )
  })

  test.each([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [209, [0, 100, 200, 300]],
  ])('to %i', (greatest, ticks) => {
    expect(scaleFor(greatest).ticks).toEqual(ticks)
  })
})

describe('bars', () => {
  test('stay within the width, in proportion, and never lie over one another', () => {
    fc.assert(
      fc.property(items, (some) => {
        const { bars, height, barHeight } = drawBars(some)
        const most = Math.max(0, ...some.map(totalOf))
        let floor = 0
        for (const [n, { parts, y, lines }] of bars.entries()) {
          expect(lines[0]?.y).toBeGreaterThan(floor)
          expect(y).toBeGreaterThan(lines.at(-1)?.y ?? Number.POSITIVE_INFINITY)
          floor = y + barHeight
          const length = parts.reduce((sum, part) => sum + part.length, 0)
          expect(length).toBeLessThanOrEqual(1 + 1e-9)
          if (most > 0) expect(length).toBeCloseTo(totalOf(some[n]!) / most, 9)
        }
        expect(height).toBeGreaterThan(floor)
      }),
    )
  })

  test('stand for a part of a whole where it is given', () => {
    const { bars } = drawBars([{ label: 'a', values: [250], text: '' }], 1000)
    expect(bars[0]?.parts).toEqual([{ fill: 'solid', start: 0, length: 0.25 }])
  })

  test('have a fill of their own for each of four series', () => {
    expect(new Set([0, 1, 2, 3].map(fillOf)).size).toBe(4)
  })
})

test('columns stand side by side on the floor, as high as their numbers', () => {
  fc.assert(
    fc.property(items, (some) => {
      const { columns, floor, ticks } = drawColumns(some)
      const pixel = (floor - (ticks.at(-1)?.y ?? 0)) / (ticks.at(-1)?.value ?? 1)
      let right = 0
      for (const [n, column] of columns.entries()) {
        expect(column.start).toBeGreaterThanOrEqual(right)
        right = column.start + column.width
        expect(column.middle).toBeCloseTo(column.start + column.width / 2, 9)
        const tall = column.parts.reduce((sum, { height }) => sum + height, 0)
        expect(tall).toBeCloseTo(totalOf(some[n]!) * pixel, 6)
        expect(Math.min(floor, ...column.parts.map(({ y }) => y))).toBeCloseTo(floor - tall, 6)
      }
      expect(right).toBeLessThanOrEqual(1)
      if (columns.length > 0) expect(columns.at(-1)?.showsLabel).toBe(true)
    }),
  )
})

describe('labels', () => {
  const wide = 14

  test('say the same in lines as in one, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (label) => {
        const without = (text: string) => text.replaceAll(/\s/gu, '')
        expect(without(wrapLabel(label, wide).join(''))).toBe(without(label))
        expect(wrapLabel(label, wide).length).toBeLessThanOrEqual(3)
      }),
    )
  })

  test.each(locales)(
    'of every kind of agreement fit into three lines of a telephone in %s, no mark torn off',
    (locale) => {
      const t = translator(locale)
      for (const kind of agreementKinds) {
        for (const line of wrapLabel(t(`agreements:kind.${kind}`), wide)) {
          expect(widthInEms(line), line).toBeLessThanOrEqual(wide)
          expect(line).not.toMatch(/^\p{M}/u)
        }
      }
    },
  )
})
