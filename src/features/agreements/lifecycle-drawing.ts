import {
  type AgreementState,
  agreementStates,
  isFinal,
  leadsTo,
  type TransitionName,
  transitionNames,
  transitionOf,
} from './lifecycle.ts'

/**
 * The lifecycle as a drawing, from its table alone: the way through stands on the left from top to bottom, what leaves
 * it on the right. Lengths are in the drawing's own units; it is narrow enough for a telephone.
 */
export interface LifecycleDrawing {
  readonly width: number
  readonly height: number
  readonly boxes: readonly DrawnState[]
  readonly lines: readonly DrawnLine[]
}

export interface DrawnState {
  readonly state: AgreementState
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly isFinal: boolean
}

/** One line for all steps between the same two states. */
export interface DrawnLine {
  readonly from: AgreementState
  readonly to: AgreementState
  /** Numbers of the steps, as the table under the drawing counts. */
  readonly numbers: readonly number[]
  readonly path: string
  /** Where the line ends, and whether it comes in from the left (1), from the right (-1) or from above (0). */
  readonly end: Point & { readonly side: -1 | 0 | 1 }
  /** Middle of the numbers. */
  readonly label: Point
}

interface Point {
  readonly x: number
  readonly y: number
}

/** The number of each step: its place in the table, from 1; recording is none. */
export const stepNumbers: ReadonlyMap<TransitionName, number> = new Map(
  transitionNames
    .filter((name) => agreementStates.some((state) => leadsTo(name, state) !== undefined))
    .map((name, index) => [name, index + 1]),
)

const size = { margin: 4, gutter: 68, box: 100, between: 96, row: 24, gap: 30, lane: 9, stub: 47 } as const

export const labelWidth = (numbers: readonly number[]) => 10 + 6.5 * numbers.join('·').length

interface Edge {
  readonly from: AgreementState
  readonly to: AgreementState
  readonly numbers: number[]
}

export function drawLifecycle(): LifecycleDrawing {
  const edges = edgesOfTable()
  const main = mainWay()
  const aside = agreementStates.filter((state) => !main.includes(state))
  const rank = (state: AgreementState) => agreementStates.indexOf(state)
  const isMain = (state: AgreementState) => main.includes(state)
  const isNext = ({ from, to }: Edge) => isMain(from) && main.indexOf(to) === main.indexOf(from) + 1
  const left = edges.filter((edge) => isMain(edge.from) && isMain(edge.to) && !isNext(edge))
  const right = edges.filter((edge) => !isMain(edge.from) || !isMain(edge.to))

  // A pair of states that lead to each other is joined directly, without a lane.
  const isNeighbour = ({ from, to }: Edge) =>
    isMain(from) !== isMain(to) && edges.some((other) => other.from === to && other.to === from)
  /** How many lines meet a side of a box; those that come by a lane share one place. */
  const ports = (state: AgreementState, side: readonly Edge[]) => {
    const leaving = side.filter((edge) => edge.from === state).length
    const coming = side.filter((edge) => edge.to === state)
    const direct = coming.filter(isNeighbour).length
    return leaving + direct + (coming.length > direct ? 1 : 0)
  }
  // Boxes are as high as the lines on their sides ask for.
  const heightOf = (state: AgreementState) => Math.max(1.7, ports(state, right), ports(state, left)) * size.row

  const x = { main: size.margin + size.gutter, aside: size.margin + size.gutter + size.box + size.between }
  const boxes = new Map<AgreementState, DrawnState>()
  const place = (state: AgreementState, boxX: number, y: number) => {
    boxes.set(state, { state, x: boxX, y, width: size.box, height: heightOf(state), isFinal: isFinal(state) })
    return y + heightOf(state)
  }
  let y: number = size.margin
  for (const state of main) y = place(state, x.main, y) + size.gap
  let asideY: number = size.margin
  const level = (state: AgreementState) => {
    const near = edges.filter((edge) => edge.to === state && isMain(edge.from)).map((edge) => boxes.get(edge.from)!)
    return near.length === 0 ? 0 : Math.min(...near.map((box) => box.y))
  }
  const ordered = aside.toSorted(
    (a, b) => level(a) - level(b) || Number(isFinal(a)) - Number(isFinal(b)) || rank(a) - rank(b),
  )
  for (const state of ordered) asideY = place(state, x.aside, Math.max(asideY, level(state))) + size.gap / 2
  const height = Math.max(y - size.gap, asideY - size.gap / 2) + size.margin

  const lines: DrawnLine[] = []
  for (const edge of edges.filter(isNext)) {
    const [a, b] = [boxes.get(edge.from)!, boxes.get(edge.to)!]
    const middle = a.x + a.width / 2
    lines.push({
      ...edge,
      path: `M${middle} ${a.y + a.height}V${b.y - 7}`,
      end: { x: middle, y: b.y, side: 0 },
      label: { x: middle, y: (a.y + a.height + b.y) / 2 - 3 },
    })
  }

  const taken = new Map<string, number>()
  /** The next free height on a side of a box. */
  const port = (state: AgreementState, side: 'left' | 'right'): number => {
    const key = `${state} ${side}`
    const index = taken.get(key) ?? 0
    taken.set(key, index + 1)
    return (
      boxes.get(state)!.y +
      size.row * (index + 0.5) +
      Math.max(0, boxes.get(state)!.height - size.row * portsOf(state, side)) / 2
    )
  }
  const portsOf = (state: AgreementState, side: 'left' | 'right') =>
    Math.max(1, ports(state, isMain(state) && side === 'left' ? left : right))
  const entry = new Map<string, number>()
  const entryOf = (state: AgreementState, side: 'left' | 'right') => {
    const key = `${state} ${side}`
    if (!entry.has(key)) entry.set(key, port(state, side))
    return entry.get(key)!
  }

  // To the left of the way through: back to an earlier state, or past one. A lane for each state that is reached.
  const leftTargets = [...new Set(left.map((edge) => edge.to))]
  for (const edge of left) {
    const laneX = x.main - size.stub - size.lane * (1 + leftTargets.indexOf(edge.to))
    const startY = port(edge.from, 'left')
    const endY = entryOf(edge.to, 'left')
    lines.push({
      ...edge,
      path: `M${x.main} ${startY}H${laneX}V${endY}H${x.main - 7}`,
      end: { x: x.main, y: endY, side: 1 },
      label: { x: x.main - 4 - labelWidth(edge.numbers) / 2, y: startY },
    })
  }

  // Between the columns: pairs that lead to each other directly, the others by a lane for each state that is reached.
  const gapLeft = x.main + size.box
  const lanes = [...new Set(right.filter((edge) => !isNeighbour(edge)).map((edge) => edge.to))]
  const span = (state: AgreementState) => {
    const ends = [state, ...right.filter((edge) => edge.to === state).map((edge) => edge.from)]
    const touched = ends.map((one) => boxes.get(one)!)
    return {
      top: Math.min(...touched.map((box) => box.y)),
      bottom: Math.max(...touched.map((box) => box.y + box.height)),
    }
  }
  // Lines that pass each other at one height need lanes of their own.
  const laneOf = new Map<AgreementState, number>()
  for (const state of lanes) {
    const own = span(state)
    const beside = lanes.filter((other) => span(other).top < own.bottom && own.top < span(other).bottom)
    const used = beside.map((other) => laneOf.get(other))
    laneOf.set(
      state,
      lanes.findIndex((_, index) => !used.includes(index)),
    )
  }
  const laneIndex = (state: AgreementState) => (laneOf.get(state) ?? 0) - Math.max(...laneOf.values()) / 2
  for (const edge of right.filter(isNeighbour)) {
    const outward = isMain(edge.from)
    const [mainState, asideState] = outward ? [edge.from, edge.to] : [edge.to, edge.from]
    const mainY = port(mainState, 'right')
    const asideY_ = port(asideState, 'left')
    const [startX, endX] = outward ? [gapLeft, x.aside] : [x.aside, gapLeft]
    const [startY, endY] = outward ? [mainY, asideY_] : [asideY_, mainY]
    const side = outward ? 1 : -1
    const turn = endX - side * (22 + size.lane)
    lines.push({
      ...edge,
      path: `M${startX} ${startY}H${turn}V${endY}H${endX - side * 7}`,
      end: { x: endX, y: endY, side },
      label: { x: startX + side * (4 + labelWidth(edge.numbers) / 2), y: startY },
    })
  }
  for (const edge of right.filter((one) => !isNeighbour(one))) {
    const startX = isMain(edge.from) ? gapLeft : x.aside
    const startY = port(edge.from, isMain(edge.from) ? 'right' : 'left')
    const laneX = (gapLeft + x.aside) / 2 + laneIndex(edge.to) * size.lane
    const endY = entryOf(edge.to, 'left')
    const side = isMain(edge.from) ? 1 : -1
    lines.push({
      ...edge,
      path: `M${startX} ${startY}H${laneX}V${endY}H${x.aside - 7}`,
      end: { x: x.aside, y: endY, side: 1 },
      label: { x: startX + side * (4 + labelWidth(edge.numbers) / 2), y: startY },
    })
  }
  return { width: x.aside + size.box + size.margin, height, boxes: [...boxes.values()], lines }
}

function edgesOfTable(): Edge[] {
  const edges: Edge[] = []
  for (const from of agreementStates) {
    for (const [name, number] of stepNumbers) {
      const to = leadsTo(name, from)
      if (to === undefined) continue
      const known = edges.find((edge) => edge.from === from && edge.to === to)
      if (known === undefined) edges.push({ from, to, numbers: [number] })
      else known.numbers.push(number)
    }
  }
  return edges
}

/** From the first state always to the next in the order of life, as long as a step leads there without a reason. */
function mainWay(): readonly AgreementState[] {
  const way: AgreementState[] = ['draft']
  for (;;) {
    const here = way.at(-1)!
    const next = agreementStates[agreementStates.indexOf(here) + 1]
    const leads = transitionNames.some((name) => leadsTo(name, here) === next && !transitionOf(name).reason)
    if (next === undefined || isFinal(next) || !leads) return way
    way.push(next)
  }
}
