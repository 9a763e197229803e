import { describe, expect, test } from 'vitest'
import { drawLifecycle, labelWidth, stepNumbers } from '#features/agreements/lifecycle-drawing.ts'
import { agreementStates, isFinal, leadsTo, transitionNames } from '#features/agreements/lifecycle.ts'

const { width, height, boxes, lines } = drawLifecycle()

const overlaps = (a: { x: number; y: number; width: number; height: number }, b: typeof a) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('the drawing of the lifecycle', () => {
  test('holds every state once, within its frame, and none upon another', () => {
    expect(boxes.map(({ state }) => state).sort()).toEqual([...agreementStates].sort())
    for (const box of boxes) {
      expect(box.isFinal).toBe(isFinal(box.state))
      expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(width)
      expect(box.y + box.height).toBeLessThanOrEqual(height)
      expect(boxes.filter((other) => overlaps(box, other))).toEqual([box])
    }
  })

  test('holds a line for every step that the table has, and no other', () => {
    const drawn = lines.flatMap(({ from, to, numbers }) => numbers.map((number) => `${from} ${number} ${to}`))
    const known = agreementStates.flatMap((from) =>
      transitionNames.flatMap((name) => {
        const to = leadsTo(name, from)
        return to === undefined ? [] : [`${from} ${stepNumbers.get(name)} ${to}`]
      }),
    )
    expect(drawn.sort()).toEqual(known.sort())
  })

  test('puts no number upon a box or upon another number', () => {
    const labels = lines.map(({ label, numbers }) => {
      const w = labelWidth(numbers)
      return { x: label.x - w / 2, y: label.y - 9, width: w, height: 18 }
    })
    for (const label of labels) {
      expect(boxes.filter((box) => overlaps(box, label))).toEqual([])
      expect(labels.filter((other) => overlaps(label, other))).toEqual([label])
      expect(label.x).toBeGreaterThanOrEqual(0)
    }
  })

  test('ends each line at the box that it leads to', () => {
    for (const { to, end } of lines) {
      const box = boxes.find(({ state }) => state === to)!
      expect(end.x).toBeGreaterThanOrEqual(box.x)
      expect(end.x).toBeLessThanOrEqual(box.x + box.width)
      expect(end.y).toBeGreaterThanOrEqual(box.y)
      expect(end.y).toBeLessThanOrEqual(box.y + box.height)
    }
  })

  test('is narrow enough to be read on a telephone', () => {
    expect(width).toBeLessThanOrEqual(400)
  })
})
