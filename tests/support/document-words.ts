import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Block, DocumentModel, KeyValue, Runs } from '#platform/pdf/model.ts'

/** The words of documents, and the words that come back out of them. */

const textOf = (runs: Runs = []) => runs.map(({ text }) => text).join('')

const keyValueWords = ({ label, value, other }: KeyValue & { readonly other?: KeyValue }): string[] => [
  textOf(label),
  textOf(value),
  ...(other === undefined ? [] : [textOf(other.label), textOf(other.value)]),
]

function wordsOf(block: Block): string[] {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'notice':
      return [textOf(block.runs)]
    case 'list':
      return [...block.items, ...(block.others ?? [])].map(textOf)
    case 'keyValues':
      return block.rows.flatMap(keyValueWords)
    case 'table':
      return [
        textOf(block.caption),
        ...block.columns.map(({ header }) => textOf(header)),
        ...block.rows.flat().map(textOf),
      ]
    case 'pair':
      return [textOf(block.start), textOf(block.end)]
    case 'cover':
      return [
        ...[block.kind, block.title, block.otherTitle, block.subtitle, ...block.lines].map(textOf),
        ...(block.figure === undefined ? [] : wordsOf(block.figure)),
      ]
    case 'figure':
      return [...block.shapes.map((shape) => (shape.shape === 'text' ? shape.run.text : '')), textOf(block.caption)]
    case 'qrCode':
      return block.words.map(({ runs }) => textOf(runs))
    case 'contents':
    case 'pageBreak':
      return []
  }
}

const withoutSpace = (text: string) => text.normalize('NFC').replaceAll(/\s+/gu, '')

/** The words of a document, each as it stands in a cell, a line or a paragraph. */
export function sourceWords({ blocks, marking }: DocumentModel): string[] {
  return [...blocks.flatMap(wordsOf), textOf(marking)].map(withoutSpace).filter((text) => text !== '')
}

/** Headings again, in the contents. */
export function contentsWords({ blocks }: DocumentModel): string[] {
  if (!blocks.some(({ type }) => type === 'contents')) return []
  const own = blocks.findIndex(({ type }) => type === 'contents') - 1
  return blocks
    .flatMap((block, at) => {
      if (at === own) return []
      if (block.type === 'heading' && block.level === 2) return [textOf(block.runs)]
      return block.type === 'pair' && block.style === 'section' ? [textOf(block.start), textOf(block.end)] : []
    })
    .map(withoutSpace)
}

/**
 * The text of each page between head and foot, without white, in the order in which it was drawn. A cover has no foot.
 */
function pagesOf(pdf: Uint8Array, { orientation, blocks }: DocumentModel): string[] {
  const [width, height] = orientation === 'landscape' ? [842, 595] : [596, 842]
  const hasCover = blocks[0]?.type === 'cover'
  const folder = mkdtempSync(join(tmpdir(), 'yunqiao-words-'))
  try {
    const file = join(folder, 'document.pdf')
    writeFileSync(file, pdf)
    const read = (bottom: number, ...pages: string[]) => {
      const area = ['-raw', '-x', '0', '-y', '90', '-W', String(width), '-H', String(bottom - 90)]
      return String(execFileSync('pdftotext', [...area, ...pages, file, '-']))
        .split('\f')
        .map(withoutSpace)
    }
    return hasCover ? [...read(height, '-l', '1'), ...read(height - 72, '-f', '2')] : read(height - 72)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Headers of tables, which stand again on every page that a table runs over. */
const headersOf = ({ blocks }: DocumentModel) =>
  blocks.flatMap((block) =>
    block.type === 'table' ? [withoutSpace(block.columns.map(({ header }) => textOf(header)).join(''))] : [],
  )

/** Letters by how often they occur. Digits are left out: pages are numbered in the contents. */
function lettersOf(text: string): Map<string, number> {
  const counted = new Map<string, number>()
  for (const letter of text.replaceAll(/[\d၀-၉๐-๙•]/gu, '')) counted.set(letter, (counted.get(letter) ?? 0) + 1)
  return counted
}

/** Whether a text holds words whole, or in two parts where a page ends in them. */
function holds(text: string, word: string): boolean {
  if (text.includes(word)) return true
  for (let cut = 1; cut < word.length; cut++) {
    if (text.includes(word.slice(0, cut)) && text.includes(word.slice(cut))) return true
  }
  return false
}

/**
 * What is wrong with what comes out of a document's file: words that do not, and letters that occur more or less often
 * than they were put in.
 */
export function differences(document: DocumentModel, pdf: Uint8Array) {
  const headers = headersOf(document)
  const text = pagesOf(pdf, document)
    .map((page) => {
      const header = headers.find((one) => page.startsWith(one))
      return header === undefined ? page : page.slice(header.length)
    })
    .join('')
  const words = [...sourceWords(document), ...contentsWords(document)]
  const [put, got] = [lettersOf(words.join('')), lettersOf(text)]
  const letters = [...new Set([...put.keys(), ...got.keys()])].flatMap((letter) => {
    const more = (got.get(letter) ?? 0) - (put.get(letter) ?? 0)
    return more === 0 ? [] : [`${letter} ${more}`]
  })
  return { lost: words.filter((word) => !holds(text, word)), letters }
}
