import { describe, expect, test } from 'vitest'
import { languageTags, locales } from '#platform/i18n/locales.ts'
import type { Block, DocumentModel, Runs } from '#platform/pdf/model.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { contentTexts } from './corpus.ts'
import { documentOf, fullDocument } from './models.ts'
import { pdftotext, structure } from './tools.ts'

function textOf(runs: Runs): string {
  return runs.map(({ text }) => text).join('')
}

/** The words of a document in the order in which they are read. */
function sourceOf({ blocks }: DocumentModel): string[] {
  return blocks.flatMap((block: Block): string[] => {
    switch (block.type) {
      case 'list':
        return block.items.map(textOf)
      case 'keyValues':
        return block.rows.flatMap(({ label, value }) => [textOf(label), textOf(value)])
      case 'table':
        return [...block.columns.map(({ header }) => textOf(header)), ...block.rows.flat().map(textOf)]
      case 'heading':
      case 'paragraph':
      case 'notice':
        return [textOf(block.runs)]
      default:
        throw new Error(`no words of ${block.type}`)
    }
  })
}

function headerOf({ blocks }: DocumentModel): string {
  const table = blocks.find((block) => block.type === 'table')
  return table?.columns.map(({ header }) => textOf(header)).join('') ?? ''
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/gu, '')
}

/** Where two long texts part, with what each has there; nothing when they are the same. */
function firstDifference(actual: string, expected: string): { actual: string; expected: string } | undefined {
  if (actual === expected) return undefined
  let at = 0
  while (actual[at] === expected[at]) at++
  const around = (text: string) => text.slice(Math.max(0, at - 30), at + 30)
  return { actual: around(actual), expected: around(expected) }
}

/** Words of the structure tree: what stands between quotation marks, line for line. */
function structureText(pdf: Uint8Array): string {
  return Array.from(structure(pdf).matchAll(/^ *"(.*)"$/gmu), ([, text]) => text).join('')
}

describe.each(locales)('a document in %s', { timeout: 60_000 }, (locale) => {
  test('gives its text back to pdftotext, letter for letter', async () => {
    const model = fullDocument(locale)
    const pdf = await renderInThread(model)
    const header = withoutSpace(headerOf(model))
    const pages = pdftotext(pdf, 'in the order of drawing').split('\f').map(withoutSpace)
    // The header row stands again at the top of the pages that the table runs over.
    const extracted = pages.map((page) => (page.startsWith(header) ? page.slice(header.length) : page)).join('')
    expect(firstDifference(extracted, withoutSpace(sourceOf(model).join('')))).toBeUndefined()
    expect(pages.filter((page) => page.startsWith(header)).length).toBeGreaterThan(0)
  })

  test('gives every space back to a reader of its structure', async () => {
    const paragraphs = sourceOf(fullDocument(locale)).filter((text) => text.length > 60)
    const blocks = paragraphs.map((text): Block => ({ type: 'paragraph', style: 'body', runs: [{ text }] }))
    const pdf = await renderInThread(documentOf(locale, blocks))
    expect(structureText(pdf).trimEnd()).toBe(paragraphs.join(''))
  })

  test('gives the whole content pack back', async () => {
    const texts = contentTexts(locale).map((text) => text.normalize('NFC'))
    const lang = languageTags[locale]
    const blocks = texts.map((text): Block => ({ type: 'paragraph', style: 'body', runs: [{ text, lang }] }))
    const pdf = await renderInThread(documentOf(locale, blocks))
    expect(texts.length).toBeGreaterThan(50)
    expect(firstDifference(withoutSpace(pdftotext(pdf)), withoutSpace(texts.join('')))).toBeUndefined()
  })
})
