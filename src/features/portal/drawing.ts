import type { Network } from './network.ts'

/** Where things stand in the drawing, in its own units (ten to a degree). Pure geometry: places and counts in, marks out. */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly kunming: { readonly x: number; readonly y: number }
  readonly points: readonly { readonly x: number; readonly y: number; readonly r: number; readonly yunnan: boolean }[]
  readonly arcs: readonly {
    readonly code: string
    readonly path: string
    readonly weight: number
    readonly end: { readonly x: number; readonly y: number }
    readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' | 'middle' }
  }[]
}

const unitsPerDegree = 10
/** Degrees: what the drawing covers. No coast and no border is drawn: the institutions themselves make the map. */
const west = 60
const east = 132
const north = 38
const south = -12

const kunmingAt = [25.04, 102.71] as const

/** On which side of its end a country's name stands, so that names keep clear of one another. Units from the end. */
const labelSides: Readonly<Record<string, readonly [dx: number, dy: number, anchor: 'start' | 'end' | 'middle']>> = {
  AF: [0, -12, 'middle'],
  PK: [-4, 20, 'middle'],
  IN: [-9, 6, 'end'],
  NP: [-8, -6, 'end'],
  BT: [0, -10, 'middle'],
  BD: [-8, 14, 'end'],
  MM: [-10, 6, 'end'],
  TH: [-10, 10, 'end'],
  KH: [12, 12, 'start'],
  LA: [-10, -2, 'end'],
  VN: [22, 4, 'start'],
  MY: [-10, 2, 'end'],
  SG: [10, 8, 'start'],
  ID: [0, 22, 'middle'],
  PH: [0, 22, 'middle'],
  BN: [9, 8, 'start'],
  TL: [0, 20, 'middle'],
  LK: [9, 6, 'start'],
  MV: [9, 6, 'start'],
}

const round = (value: number) => Math.round(value * 10) / 10

function place([latitude, longitude]: readonly [number, number]) {
  return { x: round((longitude - west) * unitsPerDegree), y: round((north - latitude) * unitsPerDegree) }
}

/** The network drawn: a dot for each place, an arc from Kunming to each country, as broad as it has partners. */
export function drawingOf(network: Network): Drawing {
  const kunming = place(kunmingAt)
  return {
    width: (east - west) * unitsPerDegree,
    height: (north - south) * unitsPerDegree,
    kunming,
    points: pointsOf(network),
    arcs: network.countries.flatMap(({ code, centre, partners }) => {
      if (centre === undefined) return []
      const end = place(centre)
      const [dx, dy, anchor] = labelSides[code] ?? [9, 5, 'start']
      return [
        {
          code,
          path: bridge(kunming, end),
          weight: round(1 + Math.sqrt(partners) * 0.75),
          end,
          label: { x: round(end.x + dx), y: round(end.y + dy), anchor },
        },
      ]
    }),
  }
}

/** An arc that rises between its ends, as a bridge does; steep ones lean outwards instead. */
function bridge(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const across = to.x - from.x
  const down = to.y - from.y
  const length = Math.hypot(across, down)
  const lift = length * 0.28
  const side = across < 0 ? 1 : -1
  const control = {
    x: (from.x + to.x) / 2 - (side * -down * lift) / length,
    y: (from.y + to.y) / 2 - (side * -across * lift) / length,
  }
  return `M${from.x} ${from.y}Q${round(control.x)} ${round(control.y)} ${to.x} ${to.y}`
}

/** Places within a tenth of a degree are one dot, larger for more institutions. */
function pointsOf({ points }: Network): Drawing['points'] {
  const heaps = Map.groupBy(points, ({ at: [latitude, longitude], side }) =>
    [latitude.toFixed(1), longitude.toFixed(1), side === 'yunnan'].join(' '),
  )
  return [...heaps.values()].flatMap((heap) => {
    const [first] = heap
    if (first === undefined) return []
    const yunnan = first.side === 'yunnan'
    return [{ ...place(first.at), r: round(1.6 + Math.sqrt(heap.length) * 0.9), yunnan }]
  })
}
