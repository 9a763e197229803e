import { beforeAll, describe, expect, test } from 'vitest'
import { languageTags, locales } from '#platform/i18n/locales.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { fullDocument, words } from './models.ts'
import { objectsOf, pageContents, qpdfCheck, structure } from './tools.ts'

const painting = new Set(['Tj', 'TJ', "'", '"', 'f', 'F', 'f*', 'S', 's', 'B', 'B*', 'b', 'b*', 'Do', 'sh'])

interface Reading {
  /** Painting operators outside everything marked. */
  readonly stray: string[]
  readonly ids: number[]
  readonly depth: number
}

/** Follows marked content through the operators of a page. */
function readMarks(content: string): Reading {
  const stray: string[] = []
  const ids: number[] = []
  const open: string[] = []
  const flat = content.replaceAll(/<<[^>]*>>/gu, (dictionary) => dictionary.replaceAll(/\s+/gu, ' '))
  for (const line of flat.split('\n')) {
    const operator = line.trim().split(' ').at(-1) ?? ''
    if (operator === 'BMC' || operator === 'BDC') open.push(line)
    else if (operator === 'EMC') open.pop()
    else if (painting.has(operator) && !open.some((mark) => /^\/Artifact |\/MCID \d/u.test(mark))) stray.push(line)
    const id = /\/MCID (\d+)/u.exec(line)
    if (id) ids.push(Number(id[1]))
  }
  return { stray, ids, depth: open.length }
}

/** The tree without its text: a line for each element. */
function elements(tree: string): string[] {
  return tree.split('\n').filter((line) => /^ *[A-Z][A-Za-z0-9]*(?: |:|$)/u.test(line))
}

describe.each(locales)('a document in %s', (locale) => {
  let pdf: Uint8Array
  let tree: string
  beforeAll(async () => {
    pdf = await renderInThread(fullDocument(locale))
    tree = structure(pdf)
  }, 60_000)

  test('draws nothing that is neither content of a tag nor an artifact', () => {
    const pages = pageContents(pdf)
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages) {
      const { stray, ids, depth } = readMarks(page)
      expect(stray).toEqual([])
      expect(depth).toBe(0)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  test('has every piece of content in its structure tree', () => {
    const marked = pageContents(pdf).reduce((sum, page) => sum + readMarks(page).ids.length, 0)
    let inTree = 0
    for (const { dictionary } of objectsOf(pdf).values()) {
      const kids = /\/K \[([^\]]*)\]/su.exec(dictionary)?.[1]
      if (!/\/S \//u.test(dictionary) || kids === undefined || !/\/P \d+ 0 R/u.test(dictionary)) continue
      inTree += kids.match(/\/MCID \d+/gu)?.length ?? 0
      inTree +=
        kids
          .replaceAll(/<<.*?>>/gsu, '')
          .replaceAll(/\d+ 0 R/gu, '')
          .match(/\d+/gu)?.length ?? 0
    }
    expect(inTree).toBe(marked)
  })

  test('skips no level of heading', () => {
    let last = 0
    const levels = Array.from(tree.matchAll(/^ *H(\d)/gmu), ([, level]) => Number(level))
    expect(levels).toEqual([1, 2, 3])
    for (const level of levels) {
      expect(level).toBeLessThanOrEqual(last + 1)
      last = level
    }
  })

  test('has lists, tables with header cells, and links with their annotation', () => {
    const names = elements(tree).map((line) => line.trim().split(/[ :]/u)[0])
    const count = (name: string) => names.filter((candidate) => candidate === name).length
    expect({ L: count('L'), LI: count('LI'), LBody: count('LBody') }).toEqual({ L: 1, LI: 2, LBody: 2 })
    expect({ Table: count('Table'), TR: count('TR') }).toEqual({ Table: 2, TR: 63 })
    expect({ TH: count('TH'), TD: count('TD') }).toEqual({ TH: 4, TD: 122 })
    expect(tree.match(/\/Scope \/Column/gu)).toHaveLength(2)
    expect(tree.match(/\/Scope \/Row/gu)).toHaveLength(2)
    expect(tree).toMatch(/Link \(inline\)\n +"https:\/\/example.org\/"\n +Object \d+/u)
    expect(tree.match(/"https:\/\/example.org\/"/gu)).toHaveLength(1)
  })

  test('names its language, and that of words in another', () => {
    const dictionaries = [...objectsOf(pdf).values()].map(({ dictionary }) => dictionary)
    const catalog = dictionaries.find((one) => one.includes('/Type /Catalog'))
    expect(catalog).toContain(`/Lang (${languageTags[locale]})`)
    const blocks = dictionaries.filter((one) => /\/S \/(?:H\d|P|LBody|TH|TD)\b/u.test(one))
    expect(blocks.filter((one) => !one.includes(`/Lang (${languageTags[locale]})`))).toEqual([])
    const spans = dictionaries.filter((one) => /\/S \/Span\b/u.test(one))
    if (locale === 'my') expect(spans).toEqual([])
    else expect(spans.every((one) => one.includes('/Lang (my)'))).toBe(true)
  })

  test('passes qpdf', () => {
    expect(qpdfCheck(pdf)).toContain('No syntax or stream encoding errors found')
  })

  test('embeds every font it uses, with text for every glyph drawn, and no Helvetica', () => {
    const objects = objectsOf(pdf)
    const fonts = [...objects.values()].filter(({ dictionary }) => dictionary.includes('/Subtype /Type0'))
    const drawn = new Set(
      pageContents(pdf).flatMap((page) => Array.from(page.matchAll(/\/(F\d+) [\d.]+ Tf/gu), ([, name]) => name)),
    )
    expect(fonts).toHaveLength(drawn.size)
    for (const { dictionary } of fonts) {
      const cmap = objects.get(Number(/\/ToUnicode (\d+)/u.exec(dictionary)?.[1]))?.stream?.toString('latin1') ?? ''
      expect(cmap).toContain('beginbfrange')
      expect(cmap).not.toContain('<>')
    }
    const having = (key: string) => [...objects.values()].filter(({ dictionary }) => dictionary.includes(key))
    expect(having('/FontFile2')).toHaveLength(fonts.length)
    expect(having('/Length1 ')).toHaveLength(fonts.length)
    expect([...objects.values()].some(({ dictionary }) => dictionary.includes('Helvetica'))).toBe(false)
  })

  test('has an outline of its headings', () => {
    const entries = [...objectsOf(pdf).values()].filter(({ dictionary }) =>
      /\/Title .*\/Dest |\/Dest .*\/Title /su.test(dictionary),
    )
    expect(entries).toHaveLength(3)
  })

  test('says in its metadata what it is, the same in both places', () => {
    const metadata = [...objectsOf(pdf).values()].find(({ dictionary }) => dictionary.includes('/Type /Metadata'))
    const xmp = metadata?.stream?.toString()
    expect(xmp).toContain(`<rdf:li xml:lang="x-default">${words[locale].title}</rdf:li>`)
    expect(xmp).toContain('<rdf:li xml:lang="x-default">R&amp;D &lt;brief&gt;</rdf:li>')
    expect(xmp).toContain('<xmp:CreateDate>2026-05-06T00:00:00Z</xmp:CreateDate>')
    expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(xmp).toContain('<pdfaid:part>2</pdfaid:part>')
    expect(xmp).toContain('<pdfaid:conformance>A</pdfaid:conformance>')
    const text = Buffer.from(pdf).toString('latin1')
    expect(text).toContain('(D:20260506000000Z)')
  })
})

test('the same model gives the same bytes', { timeout: 60_000 }, async () => {
  const first = await renderInThread(fullDocument('my'))
  const second = await renderInThread(structuredClone(fullDocument('my')))
  expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true)
})
