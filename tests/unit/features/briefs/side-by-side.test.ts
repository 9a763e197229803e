import { describe, expect, test } from 'vitest'
import { align } from '#features/briefs/align.ts'
import { type Draft, finished, type Part } from '#features/briefs/draft.ts'
import { heading, paragraph, plain } from '#features/briefs/parts.ts'
import { sideBySide } from '#features/briefs/side-by-side.ts'
import type { Locale } from '#platform/i18n/locales.ts'

describe('two sequences', () => {
  const beside = (one: string, other: string) => align(Array.from(one), Array.from(other), (letter) => letter)

  test.each([
    ['', '', ''],
    ['abc', 'abc', 'aa bb cc'],
    ['abc', 'ac', 'aa b- cc'],
    ['ac', 'abc', 'aa -b cc'],
    ['abcd', 'xbyd', 'a- -x bb c- -y dd'],
    ['aab', 'ab', 'aa a- bb'],
  ])('%s and %s stand beside one another', (one, other, expected) => {
    const said = beside(one, other).map(([a = '-', b = '-']) => a + b)
    expect(said.filter((pair) => pair[0] === pair[1])).toEqual(
      expected.split(' ').filter((pair) => pair !== '' && pair[0] === pair[1]),
    )
    const [ones, others] = [0, 1].map((at) => said.map((pair) => pair[at]).join(''))
    expect(ones?.replaceAll('-', '')).toBe(one)
    expect(others?.replaceAll('-', '')).toBe(other)
  })
})

const draft = (locale: Locale, blocks: readonly Part[], more: Partial<Draft> = {}): Draft => ({
  locale,
  title: `title ${locale}`,
  subject: 'subject',
  author: 'author',
  issued: { iso: '2026-11-29', text: `day ${locale}` },
  head: { site: 'site', kind: `kind ${locale}` },
  foot: { label: `page ${locale}`, address: 'https://x.example/th', issued: `issued ${locale}` },
  pageLabel: '{page}',
  unprintable: { note: `note ${locale}` },
  blocks,
  ...more,
})

const pairOf = (one: readonly Part[], other: readonly Part[]) =>
  finished(sideBySide(draft('th', one), draft('my', other))).blocks

describe('a document in two languages', () => {
  test('says once what reads alike, and otherwise both', () => {
    const document = sideBySide(draft('th', []), draft('my', []))
    expect(document).toMatchObject({
      locale: 'th',
      otherLocale: 'my',
      title: 'title th · title my',
      subject: 'subject',
      head: { site: 'site', kind: 'kind th · kind my' },
      foot: { label: 'page th · page my', address: 'https://x.example/th', issued: 'issued th · issued my' },
      unprintable: { note: 'note th\nnote my' },
    })
  })

  test('keeps the marking of both', () => {
    const [one, other] = (['th', 'my'] as const).map((locale) => draft(locale, [], { marking: plain(`for ${locale}`) }))
    const { marking } = sideBySide(one!, other!)
    expect(marking).toEqual([{ text: 'for th' }, { text: ' · ' }, { text: 'for my', lang: 'my' }])
  })

  test('has headings, texts and notices beside one another, each in its language', () => {
    const blocks = (word: string): Part[] => [
      heading(1, word),
      heading(2, word),
      paragraph(word),
      { type: 'notice', runs: plain(word) },
    ]
    expect(pairOf(blocks('ก'), blocks('က'))).toEqual(
      (['title', 'section', 'note', 'notice'] as const).map((style) => ({
        type: 'pair',
        style,
        start: [{ text: 'ก' }],
        end: [{ text: 'က', lang: 'my' }],
      })),
    )
  })

  test('has a text that only one language has by itself, in that language', () => {
    const blocks = pairOf([heading(2, 'ก')], [paragraph('note'), heading(2, 'က')])
    expect(blocks.map(({ type }) => type)).toEqual(['paragraph', 'pair'])
    expect(blocks[0]).toMatchObject({ runs: [{ text: 'note', lang: 'my' }] })
  })

  test('has a text in a third language once, where both lack their own', () => {
    const same: Part = { type: 'paragraph', style: 'lead', runs: [{ text: 'Same', lang: 'en' }] }
    expect(pairOf([same], [same])).toEqual([same])
  })

  test('has facts level: a value that reads alike once, under both labels', () => {
    const rows = (label: string, value: string) => [
      { label: plain(label), value: plain(value) },
      { label: plain('URL'), value: plain('https://x.example') },
    ]
    const [facts] = pairOf([{ type: 'keyValues', rows: rows('ก', 'ข') }], [{ type: 'keyValues', rows: rows('က', 'ခ') }])
    expect(facts).toEqual({
      type: 'keyValues',
      rows: [
        {
          label: [{ text: 'ก' }],
          value: [{ text: 'ข' }],
          other: { label: [{ text: 'က', lang: 'my' }], value: [{ text: 'ခ', lang: 'my' }] },
        },
        { label: [{ text: 'URL' }], value: [{ text: 'https://x.example' }] },
      ],
    })
  })

  test('has facts that only one language has by themselves', () => {
    const row = (value: string) => ({ label: plain(`label ${value}`), value: plain(value) })
    const [facts] = pairOf(
      [{ type: 'keyValues', rows: [row('a'), row('b')] }],
      [{ type: 'keyValues', rows: [row('b')] }],
    )
    expect(facts).toMatchObject({ rows: [{ value: [{ text: 'a' }] }, { value: [{ text: 'b' }] }] })
  })

  test('has both languages in a cell, one under the other', () => {
    const table = (header: string, cells: readonly string[]): Part => ({
      type: 'table',
      columns: [{ header: plain(header), share: 1, align: 'start' }],
      rows: cells.map((cell) => [plain(cell)]),
    })
    expect(pairOf([table('ก', ['x', 'ข'])], [table('က', ['x', 'ခ'])])).toEqual([
      {
        type: 'table',
        columns: [{ header: [{ text: 'ก' }, { text: '\n' }, { text: 'က', lang: 'my' }], share: 1, align: 'start' }],
        rows: [[[{ text: 'x' }]], [[{ text: 'ข' }, { text: '\n' }, { text: 'ခ', lang: 'my' }]]],
      },
    ])
  })

  test('has drawings with the words of both, drawn once', () => {
    const drawing = (word: string): Part => ({
      type: 'drawing',
      alt: `alt ${word}`,
      words: [word, 'same'],
      draw: (words) => ({
        width: 10,
        height: 10,
        shapes: words.map((text) => ({
          shape: 'text',
          x: 0,
          y: 5,
          size: 4,
          anchor: 'start',
          colour: 'ink',
          run: { text },
        })),
      }),
    })
    expect(pairOf([drawing('ก')], [drawing('က')])).toMatchObject([
      { type: 'figure', alt: 'alt ก alt က', shapes: [{ run: { text: 'ก · က' } }, { run: { text: 'same' } }] },
    ])
  })

  test('has lists level, and one list where all items read alike', () => {
    const list = (...items: string[]): Part => ({ type: 'list', items: items.map(plain) })
    expect(pairOf([list('ก', 'x')], [list('က', 'x')])).toMatchObject([{ type: 'list', others: [[{ lang: 'my' }], {}] }])
    expect(pairOf([list('x')], [list('x')])).toEqual([list('x')])
  })
})
