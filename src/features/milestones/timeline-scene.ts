import { widthInEms } from '#platform/charts/labels.ts'
import {
  legend,
  mark,
  type MarkShape,
  path,
  round,
  type FigureColour,
  type Scene,
  type Shape,
  upright,
  words,
} from '#platform/charts/scene.ts'
import type { Timeline } from './timeline.ts'

type MarkState = Extract<Timeline['shapes'][number], { kind: 'mark' }>['state']

/** A mark is told by its form first: settled ones are square, what is to come round; full is done or due. */
const marks: Readonly<Record<MarkState, readonly [MarkShape, FigureColour]>> = {
  scheduled: ['ring', 'lake'],
  overdue: ['disc', 'accent'],
  met: ['square', 'lake'],
  partially_met: ['frame', 'accent'],
  not_met: ['square', 'accent'],
}

export function stateMark(state: MarkState, x: number, y: number, radius: number): Shape {
  const [form, colour] = marks[state]
  return mark(form, x, y, radius, colour)
}

export type DayLine = 'today' | 'lead' | 'notice'

export function dayLine(name: DayLine, x: number, from: number, to: number): Shape {
  if (name === 'today') return upright(x, from, to, { stroke: 'ink', strokeWidth: 1.5 }, 3.5)
  return upright(x, from, to, { stroke: 'accent', strokeWidth: 3 }, name === 'lead' ? 2.5 : undefined)
}

/** How a timeline looks. @param dateWords a tick's day, year or month (ISO 8601) as the reader writes it */
export function timelineScene(timeline: Timeline, dateWords: (date: string) => string, labelSize = 13): Scene {
  const shapes = timeline.shapes.map((shape): Shape => {
    switch (shape.kind) {
      case 'tick':
        return upright(shape.x, shape.y1, shape.y2, { stroke: 'hairline', strokeWidth: 1 })
      case 'label':
        return words(
          dateWords(shape.date),
          { x: shape.x, y: shape.y, size: labelSize },
          { anchor: shape.anchor, colour: 'muted' },
        )
      case 'term':
        return termBar(shape)
      case 'deadline':
        return dayLine(shape.name, shape.x, shape.y1, shape.y2)
      case 'today':
        return dayLine('today', shape.x, shape.y1, shape.y2)
      case 'mark':
        return stateMark(shape.state, shape.x, shape.y, shape.radius - 0.5)
    }
  })
  return { width: timeline.width, height: timeline.height, shapes }
}

/** Pale, so that deadlines show on it without colour; an open end is an arrow's head: it goes on. */
const barPaint = { fill: 'lakePale', stroke: 'lake', strokeWidth: 1.2 } as const

function termBar({ x, y, width, height, open }: Extract<Timeline['shapes'][number], { kind: 'term' }>): Shape {
  const wide = round(Math.max(2, width))
  if (!open) return { shape: 'rect', x, y, width: wide, height, ...barPaint }
  const head = Math.min(wide, height)
  return path(`M${x} ${y}h${round(wide - head)}l${head} ${height / 2}l-${head} ${height / 2}H${x}Z`, barPaint)
}

/** The marks and lines that a timeline has, with their words, below it: for a page that has no other place for them. */
export function withLegend(
  scene: Scene,
  entries: readonly { readonly of: MarkState | DayLine; readonly text: string }[],
): Scene {
  const { shapes, height } = legend(
    entries.map(({ of, text }) => ({
      text,
      draw: (x, y) => [
        of === 'today' || of === 'lead' || of === 'notice' ? dayLine(of, x, y - 5, y + 5) : stateMark(of, x, y, 4),
      ],
    })),
    { y: scene.height + 6, width: scene.width, size: 8.5 },
    widthInEms,
  )
  return { ...scene, height: round(scene.height + 6 + height), shapes: [...scene.shapes, ...shapes] }
}
