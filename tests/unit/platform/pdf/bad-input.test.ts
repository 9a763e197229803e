import { describe, expect, test } from 'vitest'
import { locales } from '#platform/i18n/locales.ts'
import type { Block } from '#platform/pdf/model.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { canPrint } from '#platform/pdf/text/itemise.ts'
import { accessibilityProblems } from './accessibility.ts'
import { structureWords } from './marked.ts'
import { documentOf, figureOf, words } from './models.ts'
import { Reader } from './reader.ts'
import { pageContents, pdftotext, qpdfCheck } from './tools.ts'

function paragraph(text: string): Block {
  return { type: 'paragraph', style: 'body', runs: [{ text }] }
}

/** Letters in the longest line. */
function longestLine(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length))
}

describe('a document', () => {
  test('without blocks is one page with head and foot', async () => {
    const pdf = await renderInThread(documentOf('en', []))
    expect(pageContents(pdf)).toHaveLength(1)
    expect(qpdfCheck(pdf)).toContain('No syntax')
  })

  test('of empty blocks passes', async () => {
    const pdf = await renderInThread(
      documentOf('th', [
        { type: 'heading', level: 1, runs: [] },
        paragraph(''),
        { type: 'list', items: [] },
        { type: 'list', items: [[], [{ text: 'x' }], []] },
        { type: 'keyValues', rows: [] },
        { type: 'keyValues', rows: [{ label: [], value: [] }] },
        { type: 'table', columns: [], rows: [] },
        { type: 'table', columns: [{ header: [{ text: 'x' }], align: 'start', share: 1 }], rows: [] },
        {
          type: 'table',
          columns: [{ header: [], align: 'end', share: 1 }],
          rows: [[], [[{ text: 'y' }], [{ text: 'z' }]]],
        },
        { type: 'notice', runs: [] },
      ]),
    )
    expect(qpdfCheck(pdf)).toContain('No syntax')
    expect(pdftotext(pdf).replaceAll(/\s/gu, '')).toBe('xxy')
  })

  test('with a name of 300 characters wraps it', async () => {
    const name = 'Université '.repeat(27).trim()
    const pdf = await renderInThread(documentOf('en', [{ type: 'heading', level: 1, runs: [{ text: name }] }]))
    expect(pdftotext(pdf).replaceAll(/\s+/gu, ' ').trim()).toBe(name)
  })

  test('with a name of 300 characters on a cover, in a heading of two languages, a column and a list holds it', async () => {
    const name = 'ວິທະຍາໄລ '.repeat(34).trim()
    const runs = [{ text: name }]
    const model = documentOf('en', [
      { type: 'cover', kind: runs, title: runs, otherTitle: runs, subtitle: runs, lines: [runs] },
      { type: 'pair', style: 'section', start: runs, end: runs },
      { type: 'contents' },
      { type: 'table', columns: [{ header: runs, align: 'end', share: 1 }], rows: [[runs]] },
    ])
    const pdf = await renderInThread({ ...model, marking: runs, head: { site: name, kind: name } })
    expect(accessibilityProblems(pdf)).toEqual([])
    const words = structureWords(new Reader(pdf)).map(({ text }) => text)
    expect(words.filter((text) => text.trim() === name).length).toBeGreaterThan(7)
  })

  test.each([
    ['Latin letters', 'x'.repeat(50_000)],
    ['Chinese without a break', '，'.repeat(50_000)],
    ['Burmese of one syllable', 'ကျွန်ုပ်'.repeat(6000)],
  ])('with one word of 50,000 characters of %s ends', { timeout: 60_000 }, async (_, word) => {
    const pdf = await renderInThread(documentOf('en', [paragraph(word)]))
    expect(
      structureWords(new Reader(pdf))
        .map(({ text }) => text)
        .join(''),
    ).toBe(word)
  })

  test.each(locales)('with 50,000 characters of %s loses none', { timeout: 60_000 }, async (locale) => {
    const text = words[locale].lead.repeat(Math.ceil(50_000 / words[locale].lead.length))
    const pdf = await renderInThread(documentOf(locale, [paragraph(text)]))
    expect(pageContents(pdf).length).toBeGreaterThan(10)
    expect(pdftotext(pdf).replaceAll(/\s/gu, '') === text.replaceAll(/\s/gu, '')).toBe(true)
  })

  test('with a cell of 20,000 characters cuts the row between lines', { timeout: 60_000 }, async () => {
    const text = words.my.lead.repeat(100)
    const pdf = await renderInThread(
      documentOf('my', [{ type: 'keyValues', rows: [{ label: [{ text: 'x' }], value: [{ text }] }] }]),
    )
    expect(pageContents(pdf).length).toBeGreaterThan(5)
    expect(qpdfCheck(pdf)).toContain('No syntax')
  })

  test('with a word wider than the column cuts it between letters', async () => {
    const word = 'x'.repeat(400)
    const pdf = await renderInThread(documentOf('en', [paragraph(word)]))
    const text = pdftotext(pdf).trim()
    expect(text.replaceAll(/\s/gu, '')).toBe(word)
    expect(longestLine(text)).toBeLessThan(120)
  })

  test('without control characters, soft hyphens and byte order marks, whatever came in', async () => {
    const pdf = await renderInThread(documentOf('en', [paragraph('a\u0000b\u0007c\u00add\ufeffe\tf\u0085g')]))
    expect(pdftotext(pdf).trim()).toBe('abcde fg')
  })

  test('with decomposed letters prints the composed ones', async () => {
    const pdf = await renderInThread(documentOf('vi', [paragraph('Đại học Việt Nam'.normalize('NFD'))]))
    expect(pdftotext(pdf).trim()).toBe('Đại học Việt Nam')
  })

  test('breaks lines where line feeds are', async () => {
    const pdf = await renderInThread(documentOf('en', [paragraph('one\ntwo\r\nthree')]))
    expect(pdftotext(pdf).trim().split('\n')).toEqual(['one', 'two', 'three'])
  })
})

describe('what no face has', () => {
  const cases = [
    ['emoji', '😀', '😀 (U+1F600)', '[U+1F600]'],
    ['an emoji of several', '👩🏽‍🔬', '👩 (U+1F469) 🏽 (U+1F3FD) 🔬 (U+1F52C)', '[U+1F469 U+1F3FD U+1F52C]'],
    ['right-to-left script', 'שלום', 'ש (U+05E9) ל (U+05DC) ו (U+05D5) ם (U+05DD)', '[U+05E9 U+05DC U+05D5 …]'],
    ['an unassigned code point', '\u{ffff0}', 'U+FFFF0', '[U+FFFF0]'],
    ['half a surrogate pair', '\ud83d', 'U+D83D', '[U+D83D]'],
    ['a character of private use', '\ue000', 'U+E000', '[U+E000]'],
    ['another script', 'বাংলা', 'ব (U+09AC) U+09BE U+0982 ল (U+09B2)', '[U+09AC U+09BE U+0982 …]'],
  ] as const

  test.each(cases)('%s is named in the error', async (_, text, characters) => {
    await expect(renderInThread(documentOf('en', [paragraph(`a ${text} b`)]))).rejects.toMatchObject({
      code: 'unprintable',
      params: { characters },
    })
    expect(canPrint(text)).toBe(false)
  })

  test.each(cases)(
    '%s is printed as a number where a document allows it, and said at its end',
    async (_, text, __, printed) => {
      const model = { ...documentOf('en', [paragraph(`a ${text} b`)]), unprintable: { note: 'Missing: {characters}.' } }
      const words = structureWords(new Reader(await renderInThread(model)))
      expect(words[0]?.text.trim()).toBe(`a ${printed} b`)
      expect(words[1]?.text).toMatch(/^Missing: U\+.*[0-9A-F]\.$/u)
    },
  )

  test('of a whole page in another script is listed in part', async () => {
    const text = Array.from({ length: 60 }, (_, index) => String.fromCodePoint(0x985 + index)).join('')
    const model = {
      ...documentOf('en', [
        { type: 'heading', level: 1, runs: [{ text }] },
        { type: 'table', columns: [{ header: [{ text }], align: 'start', share: 1 }], rows: [[[{ text }]]] },
        figureOf('en'),
      ]),
      unprintable: { note: '{characters}' },
      head: { site: '☃︎', kind: text },
    } as const
    const pdf = await renderInThread(model)
    expect(pdftotext(pdf)).toMatch(/U\+0985, [\s\S]* …/u)
    expect(accessibilityProblems(pdf)).toEqual([])
  })

  test('can be asked before', () => {
    expect(Object.values(words).every(({ title, lead }) => canPrint(title + lead))).toBe(true)
    expect(canPrint('ມະຫາວິທະຍາໄລ សាកល भारत Ελλάδα Россия café\n\u200b')).toBe(true)
  })

  test('in all that documents say themselves is nothing', () => {
    expect(locales.flatMap((locale) => Object.values(words[locale])).filter((text) => !canPrint(text))).toEqual([])
  })
})

describe('marks', () => {
  test('on a letter of another face are drawn, not lost', async () => {
    const text = 'ក\u0e48 ก\u17bb 中\u0e48'
    const pdf = await renderInThread(documentOf('en', [paragraph(text)]))
    expect(structureWords(new Reader(pdf))[0]?.text).toBe(text)
  })

  test('without end on one letter are cut to what a letter can bear', async () => {
    const pdf = await renderInThread(documentOf('en', [paragraph(`x${'\u0316'.repeat(50_000)}y`)]))
    expect(structureWords(new Reader(pdf))[0]?.text).toBe(`x${'\u0316'.repeat(30)}y`)
  })

  test('that stand alone are drawn', async () => {
    const pdf = await renderInThread(documentOf('th', [paragraph('\u0e48\u1031\u0301 x')]))
    expect(structureWords(new Reader(pdf))[0]?.text).toBe('\u0e48\u1031\u0301 x')
  })
})

test('what tells programs how to show text is not printed', async () => {
  const pdf = await renderInThread(documentOf('en', [paragraph('a\u200eb\u202ec\u2066d\ufe0fe\u{e0041}f\u000bg')]))
  expect(pdftotext(pdf).trim()).toBe('abcdef\ng')
})

test('controls and halves of pairs in titles and alternative texts leave the file well formed', async () => {
  const title = 'A\u0000\u0007\ud800\uffff\nB < & 😀'
  const pdf = await renderInThread({ ...documentOf('en', [{ ...figureOf('en'), alt: title }]), title, author: title })
  expect(qpdfCheck(pdf)).toContain('No syntax')
  expect(accessibilityProblems(pdf)).toEqual([])
  const reader = new Reader(pdf)
  const xmp = Buffer.from(reader.stream(reader.catalog.get('Metadata')), 'latin1').toString()
  expect(xmp).toContain('A\ufffd B &lt; &amp; 😀')
  expect(xmp).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/u)
})

test('an address that is none, or not to be followed, is printed as words', async () => {
  const hrefs = ['javascript:alert(1)', 'not an address', 'file:///etc/passwd', 'https://例え.example/ก?q=ý']
  const items = hrefs.map((href) => [{ text: href, href }])
  const pdf = await renderInThread(documentOf('zh', [{ type: 'list', items }]))
  const addresses = new Reader(pdf).numbers.flatMap((number) => {
    const value = new Reader(pdf).object(number)
    const uri = value instanceof Map ? value.get('URI') : undefined
    return typeof uri === 'string' ? [uri] : []
  })
  expect(new Set(addresses)).toEqual(new Set(['https://xn--r8jz45g.example/%E0%B8%81?q=%C3%BD']))
  expect(accessibilityProblems(pdf)).toEqual([])
})
