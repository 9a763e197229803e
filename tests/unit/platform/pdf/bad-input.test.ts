import { describe, expect, test } from 'vitest'
import { locales } from '#platform/i18n/locales.ts'
import type { Block } from '#platform/pdf/model.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { canPrint } from '#platform/pdf/text/itemise.ts'
import { documentOf, words } from './models.ts'
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
  test.each([
    ['emoji', '😀', '😀'],
    ['right-to-left script', 'אב', 'א ב'],
    ['an unassigned code point', '\u{e0fff}', '\u{e0fff}'],
    ['another script', 'বাংলা', 'ব া ং ল'],
  ])('%s is named in the error', async (_, text, characters) => {
    await expect(renderInThread(documentOf('en', [paragraph(`a ${text} b`)]))).rejects.toMatchObject({
      code: 'unprintable',
      params: { characters },
    })
    expect(canPrint(text)).toBe(false)
  })

  test('can be asked before', () => {
    expect(Object.values(words).every(({ title, lead }) => canPrint(title + lead))).toBe(true)
    expect(canPrint('ມະຫາວິທະຍາໄລ សាកល भारत Ελλάδα Россия café\n\u200b')).toBe(true)
  })
})
