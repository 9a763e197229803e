import type { PlacedGlyph } from '#platform/pdf/fonts/harfbuzz.ts'

/** A glyph inside a cluster, placed from the cluster's origin, in font units. */
export interface Part {
  readonly glyph: number
  readonly x: number
  readonly y: number
}

/**
 * The smallest stretch of text that shaping did not take apart (a Burmese syllable's core with its marks, a Thai
 * consonant with vowel and tone, mostly one letter), with all that is drawn for it.
 */
export interface Cluster {
  /** Its characters; the concatenation over a run is the run's text. */
  readonly text: string
  /** UTF-16 index in the shaped text. */
  readonly start: number
  readonly parts: readonly Part[]
  /** Distance to the next cluster's origin, in font units. */
  readonly advance: number
  /** How far the drawing is moved against its origin, in font units; compressed Chinese openers move left. */
  readonly shift: number
  /**
   * White inside `advance` that belongs to the glyph itself, in font units: a reader of the file that looks for gaps
   * between words must find none here.
   */
  readonly tail: number
  readonly unsafeToBreak: boolean
}

/** Groups glyphs that HarfBuzz gave in visual order of a left-to-right run. */
export function clustersOf(text: string, glyphs: readonly PlacedGlyph[]): Cluster[] {
  const clusters: Cluster[] = []
  for (let index = 0; index < glyphs.length;) {
    const first = glyphs[index] as PlacedGlyph
    const parts: Part[] = []
    let advance = 0
    let unsafeToBreak = false
    while (glyphs[index]?.cluster === first.cluster) {
      const glyph = glyphs[index] as PlacedGlyph
      parts.push({ glyph: glyph.glyph, x: advance + glyph.xOffset, y: glyph.yOffset })
      advance += glyph.xAdvance
      unsafeToBreak ||= glyph.unsafeToBreak
      index++
    }
    const end = glyphs[index]?.cluster ?? text.length
    const own = text.slice(first.cluster, end)
    clusters.push({ text: own, start: first.cluster, parts, advance, shift: 0, tail: 0, unsafeToBreak })
  }
  return clusters
}
