import type { Part } from '#platform/pdf/fonts/clusters.ts'
import { outlineOf, type Outline } from '#platform/pdf/fonts/outlines.ts'
import { table, writeTables, type Tables } from '#platform/pdf/fonts/sfnt.ts'

/** A glyph of the embedded font: what it draws, and how far it advances, in font units. */
export interface VirtualGlyph {
  readonly parts: readonly Part[]
  readonly advance: number
}

const wordArguments = 0x0001
const argumentsAreOffsets = 0x0002
const moreComponents = 0x0020

interface Drawn {
  readonly outline: Outline
  readonly at: number
  readonly part: Part
}

/** A glyph that places others: how a cluster of several glyphs becomes one, with one entry of text. */
function compositeOf(drawn: readonly Drawn[]): Uint8Array {
  const bytes = new Uint8Array(10 + 8 * drawn.length)
  const view = new DataView(bytes.buffer)
  const edge = (side: 0 | 1 | 2 | 3, least: boolean) => {
    const values = drawn.map(({ outline, part }) => outline.box[side] + (side % 2 === 0 ? part.x : part.y))
    return least ? Math.min(...values) : Math.max(...values)
  }
  view.setInt16(0, -1)
  view.setInt16(2, edge(0, true))
  view.setInt16(4, edge(1, true))
  view.setInt16(6, edge(2, false))
  view.setInt16(8, edge(3, false))
  for (const [index, { at, part }] of drawn.entries()) {
    const more = index < drawn.length - 1 ? moreComponents : 0
    view.setUint16(10 + 8 * index, wordArguments | argumentsAreOffsets | more)
    view.setUint16(12 + 8 * index, at)
    view.setInt16(14 + 8 * index, part.x)
    view.setInt16(16 + 8 * index, part.y)
  }
  return bytes
}

/** Outlines copied from the face, each once, with the numbers that they get in the subset. */
class Copies {
  readonly outlines: { readonly bytes: Uint8Array; readonly advance: number }[] = []
  readonly #numbers = new Map<number, number>()
  readonly #tables: Tables
  readonly #firstNumber: number

  constructor(tables: Tables, firstNumber: number) {
    this.#tables = tables
    this.#firstNumber = firstNumber
  }

  numberOf(glyph: number, outline: Outline): number {
    const known = this.#numbers.get(glyph)
    if (known !== undefined) return known
    const number = this.#firstNumber + this.outlines.length
    this.#numbers.set(glyph, number)
    const bytes = outline.bytes.slice()
    this.outlines.push({ bytes, advance: 0 })
    this.rewire(bytes, outline)
    return number
  }

  rewire(bytes: Uint8Array, outline: Outline): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    for (const { at, glyph } of outline.components) {
      const component = outlineOf(this.#tables, glyph)
      if (component) view.setUint16(at, this.numberOf(glyph, component))
    }
  }
}

function isPlain(glyph: VirtualGlyph): boolean {
  const [part, ...others] = glyph.parts
  return part !== undefined && others.length === 0 && part.x === 0 && part.y === 0
}

/**
 * A TrueType font of the given glyphs, in their order, from number 0: what PDF needs of a font and no more (no `cmap`,
 * no names). Glyphs that only others place follow them.
 */
export function subsetFont(tables: Tables, glyphs: readonly VirtualGlyph[]): Uint8Array {
  const copies = new Copies(tables, glyphs.length)
  const most = { points: 0, contours: 0, compositePoints: 0, compositeContours: 0, components: 0, depth: 1 }
  const placed = new Set<number>()
  const own = glyphs.map((glyph) => {
    const [only] = glyph.parts
    if (only && isPlain(glyph) && !placed.has(only.glyph)) {
      placed.add(only.glyph)
      const outline = outlineOf(tables, only.glyph)
      if (!outline) return { bytes: new Uint8Array(0), advance: glyph.advance }
      note(most, outline)
      const bytes = outline.bytes.slice()
      copies.rewire(bytes, outline)
      return { bytes, advance: glyph.advance }
    }
    const drawn = glyph.parts.flatMap((part): Drawn[] => {
      const outline = outlineOf(tables, part.glyph)
      return outline ? [{ outline, part, at: copies.numberOf(part.glyph, outline) }] : []
    })
    for (const { outline } of drawn) note(most, outline)
    most.components = Math.max(most.components, drawn.length)
    most.depth = Math.max(most.depth, ...drawn.map(({ outline }) => outline.depth + 1))
    most.compositePoints = Math.max(most.compositePoints, sum(drawn, 'points'))
    most.compositeContours = Math.max(most.compositeContours, sum(drawn, 'contours'))
    return { bytes: drawn.length > 0 ? compositeOf(drawn) : new Uint8Array(0), advance: glyph.advance }
  })
  return assemble(tables, [...own, ...copies.outlines], most)
}

type Most = Record<'points' | 'contours' | 'compositePoints' | 'compositeContours' | 'components' | 'depth', number>

function sum(drawn: readonly Drawn[], what: 'points' | 'contours'): number {
  return drawn.reduce((total, { outline }) => total + outline[what], 0)
}

function note(most: Most, outline: Outline): void {
  const isComposite = outline.depth > 0
  const points = isComposite ? 'compositePoints' : 'points'
  const contours = isComposite ? 'compositeContours' : 'contours'
  most[points] = Math.max(most[points], outline.points)
  most[contours] = Math.max(most[contours], outline.contours)
  most.components = Math.max(most.components, outline.components.length)
  most.depth = Math.max(most.depth, outline.depth)
}

function assemble(
  tables: Tables,
  glyphs: readonly { readonly bytes: Uint8Array; readonly advance: number }[],
  most: Most,
): Uint8Array {
  const padded = (length: number) => Math.ceil(length / 4) * 4
  const glyf = new Uint8Array(glyphs.reduce((total, { bytes }) => total + padded(bytes.length), 0))
  const loca = new DataView(new ArrayBuffer(4 * (glyphs.length + 1)))
  const hmtx = new DataView(new ArrayBuffer(4 * glyphs.length))
  let offset = 0
  for (const [index, { bytes, advance }] of glyphs.entries()) {
    glyf.set(bytes, offset)
    offset += padded(bytes.length)
    loca.setUint32(4 * (index + 1), offset)
    hmtx.setUint16(4 * index, advance)
    if (bytes.length > 0) hmtx.setInt16(4 * index + 2, new DataView(bytes.buffer, bytes.byteOffset).getInt16(2))
  }
  const copy = (tag: string) => {
    const view = table(tables, tag)
    return new DataView(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) as ArrayBuffer)
  }
  const head = copy('head')
  head.setUint32(8, 0)
  head.setInt16(50, 1)
  const hhea = copy('hhea')
  hhea.setUint16(34, glyphs.length)
  const maxp = copy('maxp')
  maxp.setUint16(4, glyphs.length)
  maxp.setUint16(6, most.points)
  maxp.setUint16(8, most.contours)
  maxp.setUint16(10, most.compositePoints)
  maxp.setUint16(12, most.compositeContours)
  maxp.setUint16(28, most.components)
  maxp.setUint16(30, most.depth)
  const bytes = (view: DataView) => new Uint8Array(view.buffer)
  return writeTables(
    new Map([
      ['head', bytes(head)],
      ['hhea', bytes(hhea)],
      ['maxp', bytes(maxp)],
      ['hmtx', bytes(hmtx)],
      ['loca', bytes(loca)],
      ['glyf', glyf],
      ['prep', tables.get('prep') ?? new Uint8Array(0)],
    ]),
  )
}
