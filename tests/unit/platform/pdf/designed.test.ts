import { describe, expect, test } from 'vitest'
import type { Block, Figure } from '#platform/pdf/model.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { documentOf, words } from './models.ts'
import { objectsOf, pageContents, pdftotext, structure } from './tools.ts'

const timeline: Figure = {
  type: 'figure',
  alt: 'The agreement runs from 2024 to 2029',
  width: 100,
  height: 20,
  shapes: [
    { shape: 'path', d: 'M0 10H100', stroke: 'hairline', strokeWidth: 0.5 },
    { shape: 'path', d: 'M20 8h50v4h-50z', fill: 'lake' },
    { shape: 'text', x: 20, y: 18, size: 3, anchor: 'start', colour: 'muted', run: { text: '2024' } },
    { shape: 'text', x: 70, y: 18, size: 3, anchor: 'end', colour: 'accent', run: { text: 'ပြီးဆုံး', lang: 'my' } },
  ],
  caption: [{ text: 'Term and milestones' }],
}

function dictionaries(pdf: Uint8Array): string[] {
  return [...objectsOf(pdf).values()].map(({ dictionary }) => dictionary)
}

describe('a figure', () => {
  test('is one tag with alternative text and its edges, and its words come out', async () => {
    const pdf = await renderInThread(documentOf('en', [timeline]))
    const figures = dictionaries(pdf).filter((one) => /\/S \/Figure\b/u.test(one))
    expect(figures).toHaveLength(1)
    expect(figures[0]).toContain('/Alt (The agreement runs from 2024 to 2029)')
    expect(figures[0]).toMatch(/\/BBox \[68 [\d.]+ 527.28 743.89\]/u)
    expect(pdftotext(pdf)).toContain('ပြီးဆုံး')
    expect(structure(pdf)).toContain('"Term and milestones"')
  })

  test('with a character that no face has is refused', async () => {
    const shapes = [
      { shape: 'text', x: 0, y: 9, size: 3, anchor: 'start', colour: 'ink', run: { text: '😀' } },
    ] as const
    const rendered = renderInThread(documentOf('en', [{ ...timeline, shapes }]))
    await expect(rendered).rejects.toMatchObject({ code: 'unprintable' })
  })
})

describe('contents', () => {
  const blocks: Block[] = [
    { type: 'heading', level: 1, runs: [{ text: 'Title' }] },
    { type: 'contents' },
    ...[1, 2, 3].flatMap((number): Block[] => [
      { type: 'pageBreak' },
      { type: 'heading', level: 2, runs: [{ text: `Part ${number}` }] },
      { type: 'paragraph', style: 'body', runs: [{ text: words.en.lead.repeat(number === 1 ? 30 : 1) }] },
    ]),
  ]

  test('names the pages that the headings are on, and leads there', async () => {
    const pdf = await renderInThread(documentOf('en', blocks))
    const pages = pdftotext(pdf).split('\f')
    for (const number of [1, 2, 3]) {
      const page = pages.findIndex((text, index) => index > 0 && text.includes(`Part ${number}`)) + 1
      expect(pages[0]).toMatch(new RegExp(`Part ${number}\\s+${page}\\b`, 'u'))
    }
    expect(pageContents(pdf).length).toBeGreaterThan(4)
    const targets = dictionaries(pdf).flatMap((one) => /\/S \/GoTo\n\/D \((.*)\)/u.exec(one)?.[1] ?? [])
    const names = dictionaries(pdf).find((one) => one.includes('/Dests'))
    expect(targets).toHaveLength(3)
    for (const target of targets) expect(names).toContain(`(${target})`)
  })
})

describe('two languages side by side', () => {
  test('begin each pair on one line, each in its language', async () => {
    const pairs: Block[] = [
      { type: 'heading', level: 1, runs: [{ text: words.zh.title }] },
      {
        type: 'pair',
        style: 'section',
        start: [{ text: words.zh.label }],
        end: [{ text: words.my.label, lang: 'my' }],
      },
      { type: 'pair', style: 'body', start: [{ text: words.zh.lead }], end: [{ text: words.my.lead, lang: 'my' }] },
      { type: 'pair', style: 'body', start: [{ text: words.zh.item }], end: [{ text: words.my.item, lang: 'my' }] },
    ]
    const pdf = await renderInThread(documentOf('zh', pairs))
    const [page = ''] = pageContents(pdf)
    const baselines = Array.from(
      page.matchAll(/1 0 0 -1 ([\d.]+) ([\d.]+) Tm/gu),
      ([, x, y]) => [Number(x), y] as const,
    )
    const leftOnes = new Set(baselines.filter(([x]) => x < 297).map(([, y]) => y))
    const rightStarts = baselines.filter(([x]) => Math.abs(x - 308.64) < 0.01).map(([, y]) => y)
    expect(rightStarts.length).toBeGreaterThan(3)
    expect(leftOnes.has(rightStarts[0] ?? '')).toBe(true)
    expect(leftOnes.has(rightStarts[1] ?? '')).toBe(true)
    const paragraphs = dictionaries(pdf).filter((one) => /\/S \/P\b/u.test(one))
    expect(paragraphs.map((one) => /\/Lang \((.*?)\)/u.exec(one)?.[1])).toEqual(['zh-Hans', 'my', 'zh-Hans', 'my'])
  })
})

test('a landscape document lies', async () => {
  const pdf = await renderInThread({ ...documentOf('en', [timeline]), orientation: 'landscape' })
  expect(dictionaries(pdf).filter((one) => one.includes('/MediaBox [0 0 841.89 595.28]'))).toHaveLength(1)
})
