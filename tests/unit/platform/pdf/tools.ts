import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'

/** Writes a file for a command to read. */
export function withFile<T>(pdf: Uint8Array, use: (file: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'yunqiao-pdf-'))
  try {
    const file = path.join(folder, 'document.pdf')
    writeFileSync(file, pdf)
    return use(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Text of the pages between head and foot, as poppler reads it, a form feed after each page. */
export function pdftotext(pdf: Uint8Array, order: 'as laid out' | 'in the order of drawing' = 'as laid out'): string {
  const area = [...(order === 'as laid out' ? [] : ['-raw']), '-x', '0', '-y', '90', '-W', '600', '-H', '680']
  return withFile(pdf, (file) => String(execFileSync('pdftotext', [...area, file, '-'])))
}

/** The text of whole pages, heads and feet as well. */
export function pdftotextWhole(pdf: Uint8Array): string {
  return withFile(pdf, (file) => String(execFileSync('pdftotext', [file, '-'])))
}

/** The structure tree with its text, as poppler reads it. */
export function structure(pdf: Uint8Array): string {
  return withFile(pdf, (file) => String(execFileSync('pdfinfo', ['-struct-text', file])))
}

/** What `qpdf --check` says; throws when it finds an error. */
export function qpdfCheck(pdf: Uint8Array): string {
  return withFile(pdf, (file) => String(execFileSync('qpdf', ['--check', file])))
}

export interface PdfObject {
  readonly dictionary: string
  readonly stream: Buffer | undefined
}

const read = new WeakMap<Uint8Array, Map<number, PdfObject>>()

/** The objects of a file of our own making, by number, streams inflated. */
export function objectsOf(pdf: Uint8Array): Map<number, PdfObject> {
  const known = read.get(pdf)
  if (known) return known
  const bytes = Buffer.from(pdf)
  const text = bytes.toString('latin1')
  const objects = new Map<number, PdfObject>()
  for (const match of text.matchAll(/(?<=\n)(\d+) 0 obj\n/gu)) {
    const from = match.index + match[0].length
    const streamAt = text.indexOf('\nstream\n', from)
    const endAt = text.indexOf('\nendobj', from)
    const hasStream = streamAt !== -1 && streamAt < endAt
    const dictionary = text.slice(from, hasStream ? streamAt : endAt)
    const length = Number(/\/Length (\d+)/u.exec(dictionary)?.[1])
    const data = hasStream ? bytes.subarray(streamAt + 8, streamAt + 8 + length) : undefined
    objects.set(Number(match[1]), {
      dictionary,
      stream: data && dictionary.includes('/FlateDecode') ? inflateSync(data) : data,
    })
  }
  read.set(pdf, objects)
  return objects
}

/** The operators of all pages, page by page. */
export function pageContents(pdf: Uint8Array): string[] {
  const objects = objectsOf(pdf)
  return [...objects.values()]
    .filter(({ dictionary }) => /\/Type \/Page\n/u.test(dictionary))
    .map(({ dictionary }) => {
      const content = objects.get(Number(/\/Contents (\d+) 0 R/u.exec(dictionary)?.[1]))
      return content?.stream?.toString('latin1') ?? ''
    })
}

/** A line of `pdffonts` for each font. */
export function pdffonts(pdf: Uint8Array): string[] {
  return withFile(pdf, (file) => String(execFileSync('pdffonts', [file])))
    .trim()
    .split('\n')
    .slice(2)
}
