import type { Cluster } from '#platform/pdf/fonts/clusters.ts'
import { loadFace, type LoadedFace } from '#platform/pdf/fonts/harfbuzz.ts'
import { postscriptName, type FaceId } from '#platform/pdf/fonts/faces.ts'
import { advanceOf } from '#platform/pdf/fonts/outlines.ts'
import { table } from '#platform/pdf/fonts/sfnt.ts'
import { subsetFont, type VirtualGlyph } from '#platform/pdf/fonts/subset.ts'

interface PdfkitGlyph {
  readonly id: number
  readonly advanceWidth: number
  readonly codePoints: readonly number[]
}

/** PDFKit writes into the positions that it is given, so each layout makes its own. */
interface PdfkitPosition {
  xAdvance: number
  yAdvance: number
  xOffset: number
  yOffset: number
}

interface PdfkitLayout {
  readonly glyphs: PdfkitGlyph[]
  readonly positions: PdfkitPosition[]
  readonly advanceWidth: number
}

const mostRemembered = 20_000

/** What two clusters share that are drawn and read alike. Most are one glyph in its usual place. */
function keyOf({ text, parts, tail }: Cluster): string {
  const [first, ...others] = parts
  if (first && others.length === 0 && first.x === 0 && first.y === 0 && tail === 0) return `${text}|${first.glyph}`
  return parts.reduce((key, { glyph, x, y }) => `${key}|${glyph},${x},${y}`, `${text}||${tail}`)
}

/**
 * One face in one document, in the shape of a fontkit font as PDFKit 0.20.2 uses it (undocumented: `document-font`
 * tests pin it). PDFKit passes `features` through to `layout` untouched and then neither cuts the text at spaces nor
 * caches by text, so the clusters that the layout measured travel there and are what is drawn.
 *
 * A glyph of the embedded font stands for a whole cluster: its drawing is a composite of the cluster's glyphs, and its
 * entry in ToUnicode the cluster's text. Text therefore comes back letter for letter in any reader, and no glyph is
 * left without text, as one glyph of two that a single letter was split into would be.
 */
export class DocumentFont {
  readonly postscriptName: string
  readonly unitsPerEm = 1000
  readonly italicAngle = 0
  readonly ascent: number
  readonly descent: number
  readonly lineGap = 0
  readonly xHeight: number
  readonly capHeight: number
  readonly bbox: { minX: number; minY: number; maxX: number; maxY: number }
  readonly post = { isFixedPitch: false }
  readonly head = { macStyle: { italic: false } }
  readonly 'OS/2' = { sFamilyClass: 0 }
  /** Never equal for two faces: PDFKit takes fonts with equal checksums and names for one. */
  readonly _tables: { head: { checkSumAdjustment: string }; name: { records: string } }
  readonly #face: LoadedFace
  readonly #glyphs: (VirtualGlyph & PdfkitGlyph)[] = []
  readonly #known = new Map<string, VirtualGlyph & PdfkitGlyph>()
  /** The same by the cluster itself, which lines share with their paragraph, and paragraphs with earlier documents. */
  readonly #ofCluster = new Map<Cluster, VirtualGlyph & PdfkitGlyph>()

  readonly #onEncoded: (bytes: Uint8Array) => void

  /** @param onEncoded told of the font file right after PDFKit made the object that will hold it */
  constructor(id: FaceId, onEncoded: (bytes: Uint8Array) => void = () => undefined) {
    this.#onEncoded = onEncoded
    this.#face = loadFace(id)
    const { tables } = this.#face
    const head = table(tables, 'head')
    const os2 = table(tables, 'OS/2')
    this.postscriptName = postscriptName(id)
    this._tables = { head: { checkSumAdjustment: id }, name: { records: id } }
    this.ascent = table(tables, 'hhea').getInt16(4)
    this.descent = table(tables, 'hhea').getInt16(6)
    this.xHeight = os2.getInt16(86)
    this.capHeight = os2.getInt16(88)
    this.bbox = { minX: head.getInt16(36), minY: head.getInt16(38), maxX: head.getInt16(40), maxY: head.getInt16(42) }
    this.#add('', { parts: [{ glyph: 0, x: 0, y: 0 }], advance: advanceOf(tables, 0) }, [0xfffd])
  }

  #add(key: string, drawing: VirtualGlyph, codePoints: readonly number[]): VirtualGlyph & PdfkitGlyph {
    const glyph = { ...drawing, id: this.#glyphs.length, advanceWidth: drawing.advance, codePoints }
    this.#glyphs.push(glyph)
    this.#known.set(key, glyph)
    return glyph
  }

  #glyphOf(cluster: Cluster): VirtualGlyph & PdfkitGlyph {
    const before = this.#ofCluster.get(cluster)
    if (before) return before
    const glyph = this.#find(cluster)
    // A long document does not hold all of its clusters.
    if (this.#ofCluster.size >= mostRemembered) this.#ofCluster.clear()
    this.#ofCluster.set(cluster, glyph)
    return glyph
  }

  #find(cluster: Cluster): VirtualGlyph & PdfkitGlyph {
    const key = keyOf(cluster)
    const known = this.#known.get(key)
    if (known) return known
    const natural = cluster.parts.reduce((sum, { glyph }) => sum + advanceOf(this.#face.tables, glyph), 0)
    const advance = cluster.advance === 0 ? 0 : natural + cluster.tail
    const codePoints = Array.from(cluster.text, (character) => character.codePointAt(0) ?? 0)
    return this.#add(key, { parts: cluster.parts, advance }, codePoints)
  }

  getGlyph(id: number): PdfkitGlyph {
    const glyph = this.#glyphs[id]
    if (!glyph) throw new Error(`no glyph ${id} in ${this.postscriptName}`)
    return glyph
  }

  layout(text: string, clusters: readonly Cluster[] | undefined): PdfkitLayout {
    if (!clusters) throw new Error(`unshaped text handed to PDFKit: ${text}`)
    return {
      glyphs: clusters.map((cluster) => this.#glyphOf(cluster)),
      positions: clusters.map(({ advance, shift }) => ({ xAdvance: advance, yAdvance: 0, xOffset: shift, yOffset: 0 })),
      advanceWidth: clusters.reduce((sum, { advance }) => sum + advance, 0),
    }
  }

  /** Glyph numbers stay what they are: this font already holds only what the document uses. */
  createSubset(): { includeGlyph: (id: number) => number; encode: () => Uint8Array } {
    const encode = () => {
      const bytes = subsetFont(this.#face.tables, this.#glyphs)
      this.#onEncoded(bytes)
      return bytes
    }
    return { includeGlyph: (id) => id, encode }
  }
}
