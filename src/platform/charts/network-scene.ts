import { widthInEms, wrapLabel } from './labels.ts'
import {
  circle,
  legend,
  mark,
  type MarkShape,
  markShapes,
  path,
  round,
  type Scene,
  type Shape,
  words,
} from './scene.ts'

/** A place with what stands there, each of a kind (its place in the list of kinds). */
export interface NetworkPlace {
  readonly label: string
  readonly kinds: readonly number[]
}

/** Units: about a point each in a column of a page. */
const width = 440
const size = 9.5
/** Where the hub stands, where the places stand, where their marks begin. */
const columns = { hub: 68, places: 176, marks: 316 } as const
const step = 12.5
const radius = 3.6
const perRow = Math.floor((width - columns.marks) / step)
const lineHeight = 16
const gap = 7

/**
 * A hub joined by arcs to places, the broader the more stand there, and at each place a mark for everything in it. Places
 * come in the order in which they are drawn.
 * @param kinds what the marks stand for, at most six
 */
export function networkScene(hub: string, places: readonly NetworkPlace[], kinds: readonly string[]): Scene {
  let y = 12
  const rows = places.map(({ label, kinds: marks }) => {
    const lines = wrapLabel(label, (columns.marks - columns.places - 22) / size)
    const height = Math.max(lines.length, Math.ceil(marks.length / perRow)) * lineHeight
    const row = { lines, marks, top: y, middle: y + lineHeight / 2 }
    y += height + gap
    return row
  })
  const bottom = Math.max(y, 60)
  const hubAt = { x: columns.hub, y: round(Math.max(24, bottom / 2 - 8)) }
  const hubLines = wrapLabel(hub, (columns.hub - 14) / size)
  const key = legend(
    kinds.map((text, at) => ({ text, draw: (x, top) => [mark(formOf(at), x, top, radius)] })),
    { y: bottom + 8, width, size: 8.5 },
    widthInEms,
  )
  const shapes: Shape[] = [
    ...rows.map(({ middle, marks }) => bridge(hubAt, { x: columns.places, y: middle }, marks.length)),
    ...rows.flatMap(({ lines, marks, top, middle }) => [
      circle(columns.places, middle, 3, { fill: 'lakeDeep' }),
      ...lines.map((line, n) =>
        words(line, { x: columns.places + 10, y: round(top + n * lineHeight + lineHeight / 2 + size * 0.35), size }),
      ),
      ...marks.map((kind, n) =>
        mark(
          formOf(kind),
          columns.marks + radius + (n % perRow) * step,
          middle + Math.floor(n / perRow) * lineHeight,
          radius,
        ),
      ),
    ]),
    circle(hubAt.x, hubAt.y, 8, { fill: 'accent' }),
    ...hubLines.map((line, n) =>
      words(
        line,
        {
          x: columns.hub - 14,
          y: round(hubAt.y + (n - (hubLines.length - 1) / 2) * lineHeight + size * 0.35),
          size,
        },
        { weight: 'bold', colour: 'lakeDeep', anchor: 'end' },
      ),
    ),
  ]
  return { width, height: round(bottom + 8 + key.height), shapes: [...shapes, ...key.shapes] }
}

const formOf = (kind: number): MarkShape => markShapes[kind % markShapes.length] ?? 'disc'

/** Leaves the hub level and arrives level, as the two arcs of the site's mark do. */
function bridge(from: { x: number; y: number }, to: { x: number; y: number }, count: number): Shape {
  const half = round((from.x + to.x) / 2)
  const d = `M${from.x} ${from.y}C${half} ${from.y} ${half} ${round(to.y)} ${to.x} ${round(to.y)}`
  return path(d, { stroke: 'lake', strokeWidth: round(0.6 + Math.min(4, Math.sqrt(count) * 0.7)) })
}
