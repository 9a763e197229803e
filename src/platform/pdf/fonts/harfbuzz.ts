import { readFileSync } from 'node:fs'
import * as hb from 'harfbuzzjs'
import { faceFile, type FaceId } from '#platform/pdf/fonts/faces.ts'
import { readTables, type Tables } from '#platform/pdf/fonts/sfnt.ts'
import type { Script } from '#platform/text/scripts.ts'

/** A face as HarfBuzz shapes with it and the subsetter cuts from it: parsed once a process, shared by all documents. */
export interface LoadedFace {
  readonly id: FaceId
  readonly font: hb.Font
  readonly tables: Tables
}

const loaded = new Map<FaceId, LoadedFace>()

export function loadFace(id: FaceId): LoadedFace {
  let face = loaded.get(id)
  if (!face) {
    // Not a Buffer: its `slice` is a window on the same bytes, and the subsetter writes into what it slices.
    const file = readFileSync(faceFile(id))
    const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
    face = { id, font: new hb.Font(new hb.Face(new hb.Blob(bytes))), tables: readTables(bytes) }
    loaded.set(id, face)
  }
  return face
}

/** One glyph as HarfBuzz places it; distances in font units. */
export interface PlacedGlyph {
  readonly glyph: number
  /** UTF-16 index of the first character of its cluster, in the text given. */
  readonly cluster: number
  readonly xAdvance: number
  readonly xOffset: number
  readonly yOffset: number
  /** A line may not be cut before this glyph's cluster without shaping both halves again. */
  readonly unsafeToBreak: boolean
}

const buffer = new hb.Buffer()
const noCcmp = [new hb.Feature('ccmp', 0)]
const combining = /\p{M}/u

/**
 * Shapes text of one script, one language and one face, left to right.
 * @param language BCP 47
 */
export function shape(face: FaceId, text: string, script: Script, language: string): PlacedGlyph[] {
  buffer.clearContents()
  buffer.addText(text)
  buffer.setDirection(hb.Direction.LTR)
  buffer.setScript(script)
  buffer.setLanguage(language)
  // Noto Sans takes ọ ị ụ ẹ apart in `ccmp`, which costs their one-to-one return as text; NFC needs none of it.
  const features = script === 'Latn' && !combining.test(text) ? noCcmp : []
  hb.shape(loadFace(face).font, buffer, features)
  // `getGlyphInfosAndPositions` defines four hidden properties a glyph, which takes as long as the shaping.
  const positions = buffer.getGlyphPositions()
  return buffer.getGlyphInfos().map(({ codepoint, cluster, flags }, index) => ({
    glyph: codepoint,
    cluster,
    xAdvance: positions[index]?.xAdvance ?? 0,
    xOffset: positions[index]?.xOffset ?? 0,
    yOffset: positions[index]?.yOffset ?? 0,
    unsafeToBreak: (flags & hb.GlyphFlag.UNSAFE_TO_BREAK) !== 0,
  }))
}
