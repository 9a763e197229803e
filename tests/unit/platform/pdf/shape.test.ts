import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { faceFile, faceId, type Weight } from '#platform/pdf/fonts/faces.ts'
import { shape } from '#platform/pdf/fonts/harfbuzz.ts'
import { sentences, type Sentence } from './sentences.ts'

interface OracleGlyph {
  readonly g: number
  readonly dx: number
  readonly dy: number
  readonly ax: number
}

/** HarfBuzz's own command (Debian: libharfbuzz-bin), which shares no code of ours. */
function hbShape(sentence: Sentence, weight: Weight): OracleGlyph[] {
  const output = execFileSync('hb-shape', [
    '--output-format=json',
    '--no-glyph-names',
    `--script=${sentence.script}`,
    `--language=${sentence.language}`,
    '--direction=ltr',
    ...(sentence.script === 'Latn' ? ['--features=-ccmp'] : []),
    `--text=${sentence.text}`,
    faceFile(faceId(sentence.family, weight)),
  ])
  return JSON.parse(String(output)) as OracleGlyph[]
}

describe.each(['regular', 'bold'] as const)('glyphs and positions in %s are those of hb-shape', (weight) => {
  test.each(sentences)('$language: $what', (sentence) => {
    const own = shape(faceId(sentence.family, weight), sentence.text, sentence.script, sentence.language)
    const placed = own.map(({ glyph, xOffset, yOffset, xAdvance }) => [glyph, xOffset, yOffset, xAdvance])
    expect(placed).toEqual(hbShape(sentence, weight).map(({ g, dx, dy, ax }) => [g, dx, dy, ax]))
  })
})

test('precomposed Vietnamese letters stay one glyph each', () => {
  const letters = 'ẹọịụẸỌỊỤ'
  expect(shape('latin-regular', letters, 'Latn', 'vi')).toHaveLength(letters.length)
})

test('no sentence needs a glyph that its face lacks', () => {
  for (const { family, text, script, language } of sentences) {
    expect(shape(faceId(family, 'regular'), text, script, language).filter(({ glyph }) => glyph === 0)).toEqual([])
  }
})
