import { describe, expect, test } from 'vitest'
import { drawTimeline } from '#features/milestones/timeline.ts'
import { timelineScene, withLegend } from '#features/milestones/timeline-scene.ts'
import { barsScene } from '#platform/charts/bars-scene.ts'
import { networkScene } from '#platform/charts/network-scene.ts'
import { circle, mark, markShapes, type Scene, upright } from '#platform/charts/scene.ts'

/** Everything whose place can be told stands within the drawing. */
function expectWithin({ width, height, shapes }: Scene): void {
  for (const shape of shapes) {
    if (shape.shape === 'path') continue
    expect(shape.x).toBeGreaterThanOrEqual(0)
    expect(shape.x).toBeLessThanOrEqual(width)
    expect(shape.y).toBeGreaterThanOrEqual(0)
    expect(shape.y + (shape.shape === 'rect' ? shape.height : 0)).toBeLessThanOrEqual(height)
    if (shape.shape === 'rect') expect(shape.x + shape.width).toBeLessThanOrEqual(width + 0.1)
  }
}

const textsOf = ({ shapes }: Scene) => shapes.flatMap((shape) => (shape.shape === 'text' ? [shape.run.text] : []))

test('marks are told apart by their form, not by colour', () => {
  const drawn = markShapes.map((form) => {
    const shape = mark(form, 10, 10, 4)
    return shape.shape === 'path' ? `${shape.d} ${shape.fill === undefined}` : ''
  })
  expect(new Set(drawn).size).toBe(markShapes.length)
})

test('a circle is closed, and a dashed line ends where it should', () => {
  expect(circle(10, 10, 4, {})).toMatchObject({ d: 'M6 10A4 4 0 1 1 14 10A4 4 0 1 1 6 10Z' })
  expect(upright(5, 0, 10, {}, 3)).toMatchObject({ d: 'M5 0V3M5 6V9' })
  expect(upright(5, 0, 7, {}, 3)).toMatchObject({ d: 'M5 0V3M5 6V7' })
})

describe('bars', () => {
  const items = [
    { label: 'University', values: [3, 1], text: '4' },
    { label: 'တက္ကသိုလ် · 高校', values: [0, 2], text: '၂' },
  ]

  test('stand in their drawing with their words', () => {
    const scene = barsScene(items, ['met', 'not met'])
    expectWithin(scene)
    expect(textsOf(scene)).toEqual(expect.arrayContaining(['University', '4', 'တက္ကသိုလ် · 高校', '၂', 'met', 'not met']))
  })

  test('of nothing are nothing', () => {
    expect(barsScene([]).shapes).toEqual([])
    expectWithin(barsScene([{ label: 'None', values: [0], text: '0' }]))
  })
})

describe('a network', () => {
  const places = [
    { label: 'Vientiane', kinds: [0, 0, 1, 2] },
    { label: 'A place with a name that is a good deal longer than its column is wide', kinds: [1] },
    { label: 'Kunming', kinds: Array.from({ length: 50 }, () => 0) },
  ]

  test('has a mark for everything, an arc for every place, and every name', () => {
    const scene = networkScene('Kunming', places, ['University', 'Institute', 'Agency'])
    expectWithin(scene)
    const marks = scene.shapes.filter((shape) => shape.shape === 'path' && shape.d.includes('A3.6'))
    const squares = scene.shapes.filter((shape) => shape.shape === 'path' && shape.d.includes('h7.2'))
    // Two of the round ones and the square are the legend's.
    expect([marks.length, squares.length]).toEqual([54 + 2, 1 + 1])
    expect(scene.shapes.filter((shape) => shape.shape === 'path' && shape.d.includes('C'))).toHaveLength(3)
    expect(textsOf(scene).join(' ')).toContain('Vientiane')
  })

  test('is drawn the same each time', () => {
    expect(networkScene('Kunming', places, ['University'])).toEqual(networkScene('Kunming', places, ['University']))
    expectWithin(networkScene('Kunming', [], []))
  })
})

test.each([460, 960])('a timeline %i units wide is drawn with the reader’s words', (width) => {
  const day = (text: string) => Temporal.PlainDate.from(text)
  const timeline = drawTimeline(
    {
      today: day('2026-11-29'),
      term: { from: day('2025-01-01'), to: null, openEnded: true },
      deadlines: [
        { name: 'notice', date: day('2027-06-30') },
        { name: 'lead', date: day('2027-05-31') },
      ],
      items: (['scheduled', 'met', 'partially_met', 'not_met'] as const).map((state, at) => ({
        due: day(`2026-0${at + 1}-15`),
        state,
        overdue: state === 'scheduled',
      })),
    },
    width,
  )
  const scene = withLegend(
    timelineScene(timeline, (date) => `on ${date}`),
    [
      { of: 'today', text: 'Today' },
      { of: 'overdue', text: 'Overdue: 1' },
      { of: 'lead', text: 'Begin' },
    ],
  )
  expectWithin(scene)
  expect(textsOf(scene)).toEqual(expect.arrayContaining(['Today', 'Overdue: 1', 'Begin']))
  expect(textsOf(scene).filter((text) => text.startsWith('on 202')).length).toBeGreaterThan(1)
})
