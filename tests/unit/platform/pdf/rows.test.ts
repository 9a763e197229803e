import { describe, expect, test } from 'vitest'
import type { Block } from '#platform/pdf/model.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { pages, textStyles } from '#platform/pdf/style.ts'
import { makeLine } from '#platform/pdf/text/lines.ts'
import { shapeParagraph } from '#platform/pdf/text/paragraph.ts'
import { accessibilityProblems } from './accessibility.ts'
import { readMarks, structureWords } from './marked.ts'
import { documentOf, words } from './models.ts'
import { Reader } from './reader.ts'
import { pdftotext } from './tools.ts'

const left = [{ text: words.zh.lead.repeat(22) }]
const right = [{ text: words.my.lead.repeat(16), lang: 'my' }]

/** Baselines of a page, in points from its foot, by column. */
function baselines(content: string, middle: number): { start: number[]; end: number[] } {
  const { height } = pages.portrait
  const matrices = content.matchAll(/1 0 0 -1 ([\d.]+) ([\d.]+) Tm/gu)
  const places = Array.from(matrices, ([, x, y]) => [Number(x), height - Number(y)])
  const inside = places.filter(([, y = 0]) => y > 80 && y < 744)
  const of = (isStart: boolean) => [
    ...new Set(inside.filter(([x = 0]) => x < middle === isStart).map(([, y = 0]) => y)),
  ]
  return { start: of(true), end: of(false) }
}

describe('a row that runs over', () => {
  test('fills each column to the foot, and goes on level at the head', async () => {
    const pdf = await renderInThread(documentOf('zh', [{ type: 'pair', style: 'body', start: left, end: right }]))
    const reader = new Reader(pdf)
    const filled = reader.pages.map(({ content }) => baselines(content, 300))
    expect(filled.length).toBeGreaterThan(1)
    for (const [index, { start, end }] of filled.entries()) {
      if (start.length > 0 && end.length > 0) expect(start[0]).toBe(end[0])
      if (index < filled.length - 1) expect(Math.min(...end)).toBeLessThan(80 + 30)
      for (const column of [start, end]) if (column.length > 0) expect(column.length).toBeGreaterThan(1)
    }
    expect(accessibilityProblems(pdf)).toEqual([])
    const read = structureWords(reader)
    const text = (lang: string) => read.filter((one) => one.lang === lang).map((one) => one.text)
    expect(text('zh-Hans').join('')).toBe(left[0]?.text)
    expect(text('my').join('')).toBe(right[0]?.text)
  })

  test('of a table stands under its header on every page', async () => {
    const rows = [
      [[{ text: '1' }], left],
      [[{ text: '2' }], [{ text: words.zh.item }]],
    ]
    const columns = [
      { header: [{ text: 'A' }], align: 'end', share: 1 },
      { header: [{ text: 'B' }], align: 'start', share: 1 },
    ] as const
    const table = { type: 'table', columns, rows } as const
    const pdf = await renderInThread({ ...documentOf('zh', [table]), orientation: 'landscape' })
    const read = pdftotext(pdf).trim().split('\f')
    expect(read.length).toBeGreaterThan(1)
    for (const page of read) expect(page.replaceAll(/\s/gu, '')).toMatch(/^AB/u)
    expect(accessibilityProblems(pdf)).toEqual([])
  })

  test('with a header higher than a third of a page is not buried by it', async () => {
    const columns = [{ header: left, align: 'start', share: 1 }] as const
    const rows = Array.from({ length: 60 }, (_, index) => [[{ text: String(index) }]])
    const pdf = await renderInThread(documentOf('zh', [{ type: 'table', columns, rows }]))
    expect(new Reader(pdf).pages.length).toBeLessThan(6)
  })
})

test('a marking is on every page and said once', async () => {
  const marking = [{ text: 'Internal' }]
  const blocks = [
    { type: 'heading', level: 1, runs: [{ text: 'Title' }] },
    ...Array.from({ length: 3 }, () => [
      { type: 'pageBreak' },
      { type: 'paragraph', style: 'body', runs: [{ text: words.en.lead }] },
    ]).flat(),
  ] as Parameters<typeof documentOf>[1]
  const reader = new Reader(await renderInThread({ ...documentOf('en', blocks), marking }))
  const frames = reader.pages.map(({ content }) => content.match(/\/Attached \[\/Top\]/gu)?.length ?? 0)
  expect(frames).toEqual([2, 2, 2, 2])
  expect(structureWords(reader).filter(({ text }) => text.includes('Internal'))).toHaveLength(1)
  expect(reader.pages.flatMap((page) => readMarks(reader, page).stray)).toEqual([])
})

test('columns of numbers are level figure by figure, and come back', async () => {
  const numbers = ['၁,၁၁၁.၁', '၂,၈၆၃.၅', '๑,๑๑๑.๑', '๒,๗๙๓.๔', '1,111.1', '7,777.0']
  const widths = numbers.map((text) => {
    const paragraph = shapeParagraph([{ text }], textStyles.number, 'en')
    return makeLine(paragraph, 0, text.length).width
  })
  for (const first of [0, 2, 4]) expect(widths[first]).toBeCloseTo(widths[first + 1] ?? 0, 6)
  const columns = [{ header: [], align: 'end', share: 1 }] as const
  const rows = numbers.map((text) => [[{ text }]])
  const pdf = await renderInThread(documentOf('en', [{ type: 'table', columns, rows }]))
  expect(pdftotext(pdf).trim().split(/\s+/u)).toEqual(numbers)
})

test('a link that goes on over the page leads on from both', async () => {
  const href = 'https://example.org/'
  const long = [
    { text: words.vi.lead.repeat(9) },
    { text: ` ${words.vi.lead.repeat(30)} `, href },
    { text: words.vi.lead.repeat(3) },
  ]
  for (const type of ['paragraph', 'pair'] as const) {
    const block =
      type === 'pair' ? { type, style: 'body', start: long, end: long } : { type, style: 'body', runs: long }
    const pdf = await renderInThread(documentOf('vi', [block as Block]))
    expect(accessibilityProblems(pdf)).toEqual([])
    expect(new Reader(pdf).pages.filter(({ dictionary }) => dictionary.has('Annots')).length).toBeGreaterThan(1)
  }
})
