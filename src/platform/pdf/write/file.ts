import PDFDocument from 'pdfkit'
import { DocumentFont } from '#platform/pdf/fonts/document-font.ts'
import { families, faceId, type FaceId } from '#platform/pdf/fonts/faces.ts'
import type { PageGeometry } from '#platform/pdf/style.ts'
import { describe, producer, universalAccess, type Metadata } from '#platform/pdf/write/metadata.ts'

/** The parts of PDFKit 0.20.2 that its types leave out. */
interface Internals {
  ref: (data?: object) => { data: Record<string, unknown> }
  _addInfo: () => void
  appendXML: (xml: string) => void
}

/**
 * A PDF file being written: version 1.7, tagged, PDF/A-2a and PDF/UA-1 by its own account, its fonts registered under
 * their `FaceId`. No page is open yet. The same metadata and drawing give the same bytes.
 */
export function newFile(metadata: Metadata, page: PageGeometry): PDFKit.PDFDocument {
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
  return file
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
