import { drawBars } from './bars.ts'
import { widthInEms } from './labels.ts'
import { type ChartItem, type Fill, fillOf } from './model.ts'
import { legend, round, type Scene, type Shape, words } from './scene.ts'

/** Units of a drawing as wide as a column of a page, in which a unit is about a point. */
const width = 460
const size = 9.5

/** What `drawBars` draws, for a page that does not grow and shrink. The page's pixels are larger than points. */
const scale = 0.6

/** So much higher stand the words, clear of the bar below: Burmese goes far down. */
const lift = 1.5

/**
 * Horizontal bars with what their fills stand for.
 * @param series names of the series, where there are several
 */
export function barsScene(items: readonly ChartItem[], series: readonly string[] = [], full?: number): Scene {
  const key = legend(
    series.length < 2
      ? []
      : series.map((text, at) => ({ text, draw: (x, y) => [area(fillOf(at), x - 5, y - 4, 13, 8)] })),
    { y: 0, width, size: 8.5 },
    widthInEms,
  )
  const top = key.height === 0 ? 0 : key.height + 6
  const drawing = drawBars(items, full, width / size)
  const y = (value: number) => round(top + value * scale)
  const shapes = drawing.bars.flatMap(({ item, lines, y: at, parts }): Shape[] => [
    ...lines.map((line) => words(line.text, { x: 0, y: round(y(line.y) - lift), size })),
    words(item.text, { x: width, y: round(y(lines[0]?.y ?? 0) - lift), size }, { anchor: 'end', weight: 'bold' }),
    { shape: 'rect', x: 0, y: y(at), width, height: round(drawing.barHeight * scale), fill: 'lakePale' },
    ...parts.map(({ fill, start, length }) =>
      area(fill, start * width, y(at), length * width, drawing.barHeight * scale),
    ),
  ])
  return { width, height: y(drawing.height), shapes: [...key.shapes, ...shapes] }
}

function area(fill: Fill, x: number, y: number, wide: number, high: number): Shape {
  const box = { x: round(x), y: round(y), width: round(wide), height: round(high) }
  const outline = { stroke: 'lake', strokeWidth: 0.8 } as const
  if (fill === 'open') return { shape: 'rect', ...box, ...outline }
  if (fill === 'solid') return { shape: 'rect', ...box, fill: 'lake', ...outline }
  return { shape: 'rect', ...box, fill: 'lake', pattern: fill, ...outline }
}
