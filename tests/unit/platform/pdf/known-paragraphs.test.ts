import { expect, test } from 'vitest'
import { type TextStyle, textStyles } from '#platform/pdf/style.ts'
import { knownParagraph, lookOf } from '#platform/pdf/text/known-paragraphs.ts'
import { shapeParagraph } from '#platform/pdf/text/paragraph.ts'

const { body, note, number } = textStyles
const shaped = (text: string, style: TextStyle = body, language = 'my', isNaming = false) =>
  knownParagraph([{ text }], style, language, isNaming)

test('the same words in the same look are shaped once, as they would be anew', () => {
  const text = 'နည်းပညာ လွှဲပြောင်းရေး စင်တာ'
  expect(shaped(text)).toBe(shaped(text))
  expect(shaped(text)).toEqual(shapeParagraph([{ text }], body, 'my'))
})

test('another language, look, weight or address is another paragraph', () => {
  const text = '၂၀၂၆ ခုနှစ်'
  const all = [
    shaped(text),
    shaped(text, note),
    shaped(text, number),
    shaped(text, body, 'mnw'),
    shaped(text, body, 'my', true),
    knownParagraph([{ text, lang: 'en' }], body, 'my', false),
    knownParagraph([{ text, weight: 'bold' }], body, 'my', false),
    knownParagraph([{ text, href: 'https://example.org/' }], body, 'my', false),
  ]
  expect(new Set(all).size).toBe(all.length)
})

test('no text passes for several, whatever characters it has', () => {
  const looks = [
    [{ text: 'a\n  0 1 b' }],
    [{ text: 'a' }, { text: 'b' }],
    [{ text: 'a', href: 'b' }],
    [{ text: 'ba' }],
    [{ text: 'ab' }],
  ].map((runs) => lookOf(runs, body))
  expect(new Set(looks).size).toBe(looks.length)
})

test('the least lately used leave when there are many', () => {
  const first = shaped('first')
  const kept = shaped('kept')
  const filler = 'x'.repeat(4_000)
  for (let n = 0; n < 20; n++) {
    shaped(`${n} ${filler}`, body, 'en')
    expect(shaped('kept')).toBe(kept)
  }
  expect(shaped('first')).not.toBe(first)
  expect(shaped('first')).toEqual(first)
})

test('a text that is too long is shaped each time', () => {
  const text = 'word '.repeat(1_100)
  expect(shaped(text, body, 'en')).not.toBe(shaped(text, body, 'en'))
})
