import { table, type Tables } from '#platform/pdf/fonts/sfnt.ts'

/** A glyph's outline as the `glyf` table holds it, with what a composite made of it must declare. */
export interface Outline {
  readonly bytes: Uint8Array
  readonly box: readonly [xMin: number, yMin: number, xMax: number, yMax: number]
  readonly points: number
  readonly contours: number
  /** Levels of components below: 0 for a simple glyph. */
  readonly depth: number
  /** Where in `bytes` the number of a component stands, and which it is. */
  readonly components: readonly { readonly at: number; readonly glyph: number }[]
}

const wordArguments = 0x0001
const oneScale = 0x0008
const moreComponents = 0x0020
const twoScales = 0x0040
const fourScales = 0x0080

function componentsOf(view: DataView): { at: number; glyph: number }[] {
  const components: { at: number; glyph: number }[] = []
  let at = 10
  let flags: number
  do {
    flags = view.getUint16(at)
    components.push({ at: at + 2, glyph: view.getUint16(at + 2) })
    at += 4 + ((flags & wordArguments) !== 0 ? 4 : 2)
    if ((flags & oneScale) !== 0) at += 2
    else if ((flags & twoScales) !== 0) at += 4
    else if ((flags & fourScales) !== 0) at += 8
  } while ((flags & moreComponents) !== 0)
  return components
}

function bytesOf(tables: Tables, glyph: number): Uint8Array {
  const loca = table(tables, 'loca')
  const isLong = table(tables, 'head').getInt16(50) === 1
  const offset = (index: number) => (isLong ? loca.getUint32(4 * index) : 2 * loca.getUint16(2 * index))
  return (tables.get('glyf') as Uint8Array).subarray(offset(glyph), offset(glyph + 1))
}

/** The outline of a glyph; undefined for one without ink, such as a space. */
export function outlineOf(tables: Tables, glyph: number): Outline | undefined {
  const bytes = bytesOf(tables, glyph)
  if (bytes.length === 0) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const box = [view.getInt16(2), view.getInt16(4), view.getInt16(6), view.getInt16(8)] as const
  const contours = view.getInt16(0)
  if (contours >= 0) {
    const points = contours > 0 ? view.getUint16(8 + 2 * contours) + 1 : 0
    return { bytes, box, points, contours, depth: 0, components: [] }
  }
  const components = componentsOf(view)
  const inner = components.map((component) => outlineOf(tables, component.glyph))
  return {
    bytes,
    box,
    components,
    points: inner.reduce((sum, outline) => sum + (outline?.points ?? 0), 0),
    contours: inner.reduce((sum, outline) => sum + (outline?.contours ?? 0), 0),
    depth: 1 + Math.max(0, ...inner.map((outline) => outline?.depth ?? 0)),
  }
}

/** Advance width of a glyph, in font units. */
export function advanceOf(tables: Tables, glyph: number): number {
  const metricCount = table(tables, 'hhea').getUint16(34)
  return table(tables, 'hmtx').getUint16(4 * Math.min(glyph, metricCount - 1))
}
