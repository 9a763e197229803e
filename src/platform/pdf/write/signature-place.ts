import type { SignaturePlace } from '#platform/pdf/model.ts'
import type { Canvas } from '#platform/pdf/write/canvas.ts'
import { tag, type Tag } from '#platform/pdf/write/tags.ts'

/** As many digits as any file's length has. */
const anyLength = 9_999_999_999

/** What stands for the ranges of bytes until they are known. */
export const byteRangePlaceholder = `[0 ${anyLength} ${anyLength} ${anyLength}]`

/**
 * The room as it stands in the file, from the ranges to the end of the signature. No words of a document can look like
 * it: in a string PDFKit escapes the line's end.
 */
export function signatureRoomText(roomBytes: number): { readonly before: string; readonly contents: string } {
  return { before: `/ByteRange ${byteRangePlaceholder}\n/Contents `, contents: `<${'00'.repeat(roomBytes)}>` }
}

/** The parts of PDFKit 0.20.2 that its types leave out. */
interface Internals {
  readonly ref: (data: object) => { end: () => void }
  readonly page: { readonly annotations: readonly unknown[] }
  endAcroForm: () => void
  readonly _root: { readonly data: Record<string, unknown> }
}

/**
 * Leaves room for a signature over the whole file, on the page that is open. The field has no look of its own: what a
 * signature shows stands in words, and nothing resembles a seal. PDF/A-2 wants it printable all the same (ISO 19005-2,
 * 6.3.2), PDF/UA-1 in the structure tree and with words for it (ISO 14289-1, 7.18.4).
 */
export function leaveSignatureRoom(canvas: Canvas, root: Tag, place: SignaturePlace): void {
  const file = canvas.file as unknown as Internals
  const signature = file.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, anyLength, anyLength, anyLength],
    Contents: new Uint8Array(place.roomBytes),
    M: new Date(Temporal.Instant.from(place.at).epochMilliseconds),
    Name: new String(place.name),
  })
  signature.end()
  const printAndLocked = 4 + 128
  canvas.field(tag('Form', root), {
    FT: 'Sig',
    T: new String('signature'),
    TU: new String(place.label),
    V: signature,
    F: printAndLocked,
  })
  const form = file.ref({ Fields: [file.page.annotations.at(-1)], SigFlags: 3 })
  form.end()
  file._root.data['AcroForm'] = form
  // Would add fonts and a wish for appearances, for fields that people fill in.
  file.endAcroForm = () => undefined
}
