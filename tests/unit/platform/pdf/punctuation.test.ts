import { describe, expect, test } from 'vitest'
import type { Runs } from '#platform/pdf/model.ts'
import { textStyles } from '#platform/pdf/style.ts'
import { breakLines, makeLine } from '#platform/pdf/text/lines.ts'
import { shapeParagraph } from '#platform/pdf/text/paragraph.ts'

const style = { ...textStyles.body, size: 10 }

function shaped(...texts: readonly string[]) {
  const runs: Runs = texts.map((text) => ({ text }))
  return shapeParagraph(runs, style, 'zh-Hans')
}

/** Width of one line in squares of Chinese letters. */
function squares(...texts: readonly string[]): number {
  const paragraph = shaped(...texts)
  return makeLine(paragraph, 0, paragraph.text.length).width / 10
}

describe('Chinese punctuation', () => {
  test.each([
    ['a mark inside a line has its square', ['中，国'], 3],
    ['a closer before a closer has half of it', ['中》，国'], 3.5],
    ['a closer before an opener has half of it', ['中，《国'], 3.5],
    ['an opener behind an opener has half of it', ['中（《国'], 3.5],
    ['three in a row are close', ['中》），国'], 4],
    ['an opener at the beginning of a line loses its white', ['（中国'], 2.5],
    ['a closer at its end loses its white', ['中国。'], 2.5],
    ['between two runs they are as close as in one', ['中》', '，国'], 3.5],
    ['also where the second run opens', ['中，', '《国'], 3.5],
    ['a dash is two squares, an ellipsis too', ['中——国……'], 6],
  ])('%s: %s', (_, texts, expected) => {
    expect(squares(...texts)).toBeCloseTo(expected, 6)
  })

  test('beside Latin letters and figures there is a little white, and none in what is copied', () => {
    const white = squares('中A国') - squares('中国') - squares('A')
    expect(white).toBeCloseTo(0.28, 6)
    expect(shaped('中A国').text).toBe('中A国')
  })

  test('at the edges of lines takes half its square, so that one letter more stands in a line', () => {
    const lines = breakLines(shaped('中国云南（昆明）的大学，国家。'), 40)
    for (const { width } of lines) expect(width).toBeLessThanOrEqual(40.01)
    const texts = lines.map(({ segments }) => segments.map(({ text }) => text).join(''))
    expect(texts.join('')).toBe('中国云南（昆明）的大学，国家。')
    for (const text of texts) expect(text).not.toMatch(/^[，。）]|（$/u)
  })
})
