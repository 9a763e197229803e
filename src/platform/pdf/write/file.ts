import PDFDocument from 'pdfkit'
import { DocumentFont } from '#platform/pdf/fonts/document-font.ts'
import { families, faceId, type FaceId } from '#platform/pdf/fonts/faces.ts'
import type { PageGeometry } from '#platform/pdf/style.ts'
import { describe, producer, universalAccess, type Metadata } from '#platform/pdf/write/metadata.ts'

/** The parts of PDFKit 0.20.2 that its types leave out. */
interface Internals {
  ref: (data?: object) => Reference
  /** Called once an object is in the file. */
  _refEnd: (reference: Reference) => void
  push: (chunk: Uint8Array | null) => boolean
  _addInfo: () => void
  appendXML: (xml: string) => void
}

/** An object of the file. */
interface Reference {
  data: Record<string, unknown>
  buffer: unknown[]
}

/**
 * A PDF file being written: version 1.7, tagged, PDF/A-2a and PDF/UA-1 by its own account, its fonts registered under
 * their `FaceId`. No page is open yet. The same metadata and drawing give the same bytes.
 * @param take is given the file in order, in very many very small pieces, while it is written
 */
export function newFile(metadata: Metadata, page: PageGeometry, take: (piece: Uint8Array) => void): PDFKit.PDFDocument {
  const options = {
    pdfVersion: '1.7' as const,
    subset: 'PDF/A-2a' as const,
    tagged: true,
    displayTitle: true,
    lang: metadata.languages[0],
    size: [page.width, page.height] as [number, number],
    margin: 0,
    autoFirstPage: false,
    fontLayoutCache: false,
    info: {
      Title: metadata.title,
      Subject: metadata.subject,
      Author: metadata.author,
      Creator: producer,
      Producer: producer,
      CreationDate: metadata.issued,
      ModDate: metadata.issued,
    },
  }
  // With no font named at all, PDFKit opens Helvetica and embeds nothing of it.
  const file = new PDFDocument({ ...options, font: null } as unknown as PDFKit.PDFDocumentOptions)
  const internals = file as unknown as Internals
  internals._addInfo = () => {
    internals.appendXML(describe(metadata))
    internals.appendXML(universalAccess)
  }
  registerFonts(file, internals)
  // Nothing reads the stream before the drawing is done: it would keep every piece, hundreds of them a page.
  for (let head; (head = file.read() as Uint8Array | null) !== null;) take(head)
  internals.push = (chunk) => {
    if (chunk !== null) take(chunk)
    return true
  }
  forgetWritten(internals)
  return file
}

/** What is looked at of an element of the structure after it was written: whether it has a parent. Its kids are reset. */
const written: Record<string, unknown> = { P: true, K: null }
const nothing: unknown[] = []

/**
 * PDFKit keeps a reference to every page, link and element of the structure to its end, for the tables of a file; all
 * that these need is its number. What it said goes once it is in the file.
 */
function forgetWritten(internals: Internals): void {
  const refEnd = internals._refEnd.bind(internals)
  internals._refEnd = (reference) => {
    refEnd(reference)
    const { S, P, Type } = reference.data
    const isElement = S !== undefined && P !== undefined
    if (!isElement && Type !== 'Page' && Type !== 'Annot') return
    reference.data = written
    reference.buffer = nothing
  }
}

function registerFonts(file: PDFKit.PDFDocument, internals: Internals): void {
  let last: { data: Record<string, unknown> } | undefined
  const makeReference = internals.ref.bind(file)
  internals.ref = (data) => (last = makeReference(data))
  // PDFKit leaves out Length1, which ISO 32000-1, table 127, requires; the file's object is the last one made.
  const onEncoded = (bytes: Uint8Array) => {
    if (last) last.data['Length1'] = bytes.length
  }
  for (const family of families) {
    for (const weight of ['regular', 'bold'] as const) {
      registerLazily(file, faceId(family, weight), onEncoded)
    }
  }
}

const opened = new WeakMap<PDFKit.PDFDocument, Map<FaceId, (file: PDFKit.PDFDocument) => void>>()

function registerLazily(file: PDFKit.PDFDocument, id: FaceId, onEncoded: (bytes: Uint8Array) => void): void {
  const fonts = opened.get(file) ?? new Map<FaceId, (target: PDFKit.PDFDocument) => void>()
  opened.set(file, fonts)
  fonts.set(id, (target) => {
    target.registerFont(id, new DocumentFont(id, onEncoded) as unknown as PDFKit.Mixins.PDFFontSource)
    fonts.delete(id)
  })
}

/** Makes a face the current one; a face is loaded with its first words. */
export function useFace(file: PDFKit.PDFDocument, id: FaceId, size: number): void {
  opened.get(file)?.get(id)?.(file)
  file.font(id, size)
}
