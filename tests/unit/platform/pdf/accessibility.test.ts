import { describe, expect, test } from 'vitest'
import { languageTags, locales } from '#platform/i18n/locales.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { accessibilityProblems } from './accessibility.ts'
import { structureWords } from './marked.ts'
import { bilingualDocument, designedDocument, documentOf, fullDocument, words } from './models.ts'
import { Reader } from './reader.ts'
import { pdffonts, qpdfCheck, structure } from './tools.ts'
import { modelWords } from './words.ts'

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/gu, '')
}

const pairs = locales.flatMap((one) => locales.filter((other) => other !== one).map((other) => [one, other] as const))

describe.each(locales)('documents in %s', { timeout: 60_000 }, (locale) => {
  test.each([
    ['every block', fullDocument],
    ['a designed document', designedDocument],
  ])('%s: have nothing that a structural check finds wrong', async (_, make) => {
    const pdf = await renderInThread(make(locale))
    expect(accessibilityProblems(pdf)).toEqual([])
    expect(qpdfCheck(pdf)).toContain('No syntax or stream encoding errors found')
  })

  test('give the words of a designed document back in the order of the structure', async () => {
    const model = designedDocument(locale)
    const reader = new Reader(await renderInThread(model))
    const own = structureWords(reader).map(({ text }) => text)
    expect(withoutSpace(own.join(''))).toBe(withoutSpace(modelWords(model, reader.blockPages)))
  })

  test('have fonts that poppler finds embedded, subset and with text', async () => {
    for (const line of pdffonts(await renderInThread(designedDocument(locale)))) {
      expect(line).toMatch(/ CID TrueType +Identity-H +yes yes yes /u)
    }
  })
})

describe.each(pairs)('documents in %s and %s', { timeout: 60_000 }, (one, other) => {
  test('are in order, and each language can be read alone', async () => {
    const model = bilingualDocument(one, other)
    const pdf = await renderInThread(model)
    expect(accessibilityProblems(pdf)).toEqual([])
    const reader = new Reader(pdf)
    const read = structureWords(reader)
    const own = read.map(({ text }) => text)
    expect(withoutSpace(own.join(''))).toBe(withoutSpace(modelWords(model, reader.blockPages)))
    const second = read.filter(({ lang }) => lang === languageTags[other]).map(({ text }) => text)
    expect(withoutSpace(second.join(''))).toContain(withoutSpace(words[other].lead.repeat(8)))
  })
})

describe('the structural check', () => {
  test('sees what is wrong', async () => {
    const skipping = documentOf('en', [
      { type: 'heading', level: 1, runs: [{ text: 'One' }] },
      { type: 'heading', level: 3, runs: [{ text: 'Three' }] },
      { type: 'figure', alt: '', width: 1, height: 0.1, shapes: [] },
      { type: 'table', columns: [{ header: [], align: 'start', share: 1 }], rows: [] },
    ])
    const pdf = await renderInThread(skipping)
    expect(accessibilityProblems(pdf)).toEqual(['H3 after H1', 'a figure without words'])
    const spoilt = Buffer.from(Buffer.from(pdf).toString('latin1').replace('/Marked true', '/Marked null'), 'latin1')
    expect(accessibilityProblems(spoilt)).toContain('not marked as tagged')
  })
})

test('poppler reads the structure of a bilingual document', async () => {
  const tree = structure(await renderInThread(bilingualDocument('vi', 'my')))
  expect(tree).toMatch(/^ +L \(block\)/mu)
  expect(tree).toContain('/ListNumbering /Decimal')
})
