import type { DueItem } from '#features/agreements/next-due.ts'

/** What a timeline shows: the term, its deadlines, and what is due. */
export interface TimelineMatter {
  readonly today: Temporal.PlainDate
  readonly term: {
    readonly from: Temporal.PlainDate | null
    readonly to: Temporal.PlainDate | null
    readonly openEnded: boolean
  }
  readonly deadlines: readonly { readonly name: 'lead' | 'notice'; readonly date: Temporal.PlainDate }[]
  readonly items: readonly (DueItem & { readonly overdue: boolean })[]
}

export type Anchor = 'start' | 'middle' | 'end'

/** Shapes in units of the drawing; how they look is the renderer's business (page or PDF). */
export type Shape =
  | { readonly kind: 'tick'; readonly x: number; readonly y1: number; readonly y2: number }
  | { readonly kind: 'label'; readonly x: number; readonly y: number; readonly anchor: Anchor; readonly date: string }
  | {
      readonly kind: 'term'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly open: boolean
    }
  | {
      readonly kind: 'deadline'
      readonly x: number
      readonly y1: number
      readonly y2: number
      readonly name: 'lead' | 'notice'
    }
  | { readonly kind: 'today'; readonly x: number; readonly y1: number; readonly y2: number }
  | {
      readonly kind: 'mark'
      readonly x: number
      readonly y: number
      readonly radius: number
      readonly state: DueItem['state'] | 'overdue'
    }

export interface Timeline {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
}

const margin = 16
const radius = 6
const laneHeight = 16
const mostLanes = 8
/** Units that the label of a tick needs, with white around it. */
const labelWidth = 132
const termHeight = 14
const top = 8
const labelHeight = 24

const compare = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b)
const daysBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate) => from.until(to, { largestUnit: 'days' }).days

/**
 * Draws a term and what is due in it along one axis of time. Pure: the same matter gives the same shapes.
 * @param width of the drawing; a broader one has more ticks
 */
export function drawTimeline({ today, term, deadlines, items }: TimelineMatter, width = 960): Timeline {
  const days = [today, term.from, term.to, ...deadlines.map(({ date }) => date), ...items.map(({ due }) => due)]
    .filter((day) => day !== null)
    .sort(compare)
  const first = days[0] ?? today
  const last = days.at(-1) ?? today
  const span = Math.max(30, daysBetween(first, last))
  const xOf = (day: Temporal.PlainDate) => round(margin + (daysBetween(first, day) / span) * (width - 2 * margin))
  const placed = inLanes(items.toSorted((a, b) => compare(a.due, b.due)).map((item) => ({ item, x: xOf(item.due) })))
  const lanes = Math.max(1, ...placed.map(({ lane }) => lane + 1))
  const marksTop = top + termHeight + laneHeight
  const bottom = marksTop + lanes * laneHeight
  const right = first.add({ days: span })
  const shapes: Shape[] = []
  for (const { day, text } of ticks(first, right, Math.max(2, Math.floor(width / labelWidth)))) {
    const x = xOf(day)
    shapes.push({ kind: 'tick', x, y1: top, y2: bottom })
    shapes.push({ kind: 'label', x, y: bottom + labelHeight - 8, anchor: anchorAt(x, width), date: text })
  }
  if (term.from !== null || term.to !== null) {
    const from = xOf(term.from ?? first)
    const open = term.to === null
    shapes.push({
      kind: 'term',
      x: from,
      y: top,
      width: round((open ? width - margin : xOf(term.to)) - from),
      height: termHeight,
      open,
    })
  }
  for (const { name, date } of deadlines)
    shapes.push({ kind: 'deadline', x: xOf(date), y1: top, y2: top + termHeight, name })
  shapes.push({ kind: 'today', x: xOf(today), y1: 0, y2: bottom })
  for (const { item, x, lane } of placed) {
    const state = item.overdue ? 'overdue' : item.state
    shapes.push({ kind: 'mark', x, y: marksTop + lane * laneHeight, radius, state })
  }
  return { width, height: bottom + labelHeight, shapes }
}

const round = (value: number) => Math.round(value * 10) / 10

const anchorAt = (x: number, width: number): Anchor => (x < 70 ? 'start' : x > width - 70 ? 'end' : 'middle')

/** Puts marks that would touch below one another; past the last lane they do overlap. */
function inLanes<Item>(marks: readonly { item: Item; x: number }[]): { item: Item; x: number; lane: number }[] {
  const ends: number[] = []
  return marks.map(({ item, x }) => {
    const free = ends.findIndex((end) => end <= x - radius)
    const lane = free !== -1 ? free : Math.min(ends.length, mostLanes - 1)
    ends[lane] = x + radius + 2
    return { item, x, lane }
  })
}

const steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200]

/** First days of months, as far apart as leaves room for their labels; whole years where the steps are. */
function ticks(
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  most: number,
): { day: Temporal.PlainDate; text: string }[] {
  const months = from.until(to, { largestUnit: 'months' }).months
  const step = steps.find((size) => months / size < most) ?? 2400
  const index = from.year * 12 + from.month - 1 + (from.day === 1 ? 0 : 1)
  const found: { day: Temporal.PlainDate; text: string }[] = []
  for (let at = Math.ceil(index / step) * step; ; at += step) {
    const day = Temporal.PlainDate.from({ year: Math.floor(at / 12), month: (at % 12) + 1, day: 1 })
    if (compare(day, to) > 0) return found
    found.push({ day, text: day.toString().slice(0, step % 12 === 0 ? 4 : 7) })
  }
}
