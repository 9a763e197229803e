import * as hb from 'harfbuzzjs'
import { describe, expect, test } from 'vitest'
import { clustersOf } from '#platform/pdf/fonts/clusters.ts'
import { DocumentFont } from '#platform/pdf/fonts/document-font.ts'
import { faceId, type FaceId } from '#platform/pdf/fonts/faces.ts'
import { loadFace, shape } from '#platform/pdf/fonts/harfbuzz.ts'
import { sentences, type Sentence } from './sentences.ts'

function idOf(sentence: Sentence): FaceId {
  return faceId(sentence.family, 'regular')
}

function clusters({ text, script, language, ...sentence }: Sentence) {
  return clustersOf(text, shape(faceId(sentence.family, 'regular'), text, script, language))
}

/** All points of a drawing, moved: how a glyph lies on the page, whoever draws it. */
function pointsOf(font: hb.Font, glyph: number, x: number, y: number): string[] {
  return font
    .glyphToJson(glyph)
    .map(({ type, values }) => `${type}${values.map((value, index) => value + (index % 2 === 0 ? x : y)).join(',')}`)
}

describe.each(sentences)('$language: $what', (sentence) => {
  const font = new DocumentFont(idOf(sentence))
  const { glyphs, positions } = font.layout(sentence.text, clusters(sentence))
  const embedded = new hb.Font(new hb.Face(new hb.Blob(font.createSubset().encode())))

  test('the embedded font draws what HarfBuzz draws, glyph by glyph, where it places it', () => {
    const original = loadFace(idOf(sentence)).font
    let x = 0
    const expected = shape(idOf(sentence), sentence.text, sentence.script, sentence.language).flatMap((glyph) => {
      const points = pointsOf(original, glyph.glyph, x + glyph.xOffset, glyph.yOffset)
      x += glyph.xAdvance
      return points
    })
    let at = 0
    const drawn = glyphs.flatMap((glyph, index) => {
      const points = pointsOf(embedded, glyph.id, at, 0)
      at += positions[index]?.xAdvance ?? 0
      return points
    })
    expect(drawn).toEqual(expected)
    expect(drawn.length).toBeGreaterThan(100)
  })

  test('its glyphs give the text back, none without text', () => {
    expect(glyphs.map(({ codePoints }) => String.fromCodePoint(...codePoints)).join('')).toBe(sentence.text)
    expect(glyphs.every(({ codePoints }) => codePoints.length > 0)).toBe(true)
  })

  test('widths in the font are those that PDFKit is told', () => {
    for (const { id, advanceWidth } of glyphs) expect(embedded.glyphHAdvance(id)).toBe(advanceWidth)
  })
})

describe('PDFKit’s hold on the font', () => {
  const [sentence] = sentences as [Sentence]

  test('positions are made anew for each layout, since PDFKit writes into them', () => {
    const font = new DocumentFont(idOf(sentence))
    const shaped = clusters(sentence)
    const first = font.layout(sentence.text, shaped)
    const before = structuredClone(first.positions)
    for (const position of first.positions) position.xAdvance = 0
    expect(font.layout(sentence.text, shaped).positions).toEqual(before)
  })

  test('the same glyph for two texts is two glyphs', () => {
    const font = new DocumentFont('latin-regular')
    const [cluster] = clustersOf('a', shape('latin-regular', 'a', 'Latn', 'en'))
    if (!cluster) throw new Error('no cluster')
    const { glyphs } = font.layout('', [cluster, { ...cluster, text: 'b' }, cluster])
    expect(glyphs.map(({ id }) => id)).toEqual([1, 2, 1])
    const embedded = new hb.Font(new hb.Face(new hb.Blob(font.createSubset().encode())))
    expect(pointsOf(embedded, 2, 0, 0)).toEqual(pointsOf(embedded, 1, 0, 0))
  })

  test('unshaped text is refused', () => {
    expect(() => new DocumentFont('latin-regular').layout('text', undefined)).toThrow('unshaped')
  })
})
