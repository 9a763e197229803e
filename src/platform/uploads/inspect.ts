import { type FileHandle, open } from 'node:fs/promises'
import type { FileKind, FileRefusal, Inspection } from './file-kinds.ts'
import { inspectOle } from './ole.ts'
import { inspectPdf } from './pdf.ts'
import { inspectZip } from './zip.ts'

const ascii = (text: string) => Buffer.from(text, 'latin1')

interface Signature {
  readonly bytes: Buffer
  /** Where they stand; 0 when unset. */
  readonly at?: number
}

const containers: readonly (Signature & {
  readonly look: (path: string, handle: FileHandle) => Promise<Inspection>
})[] = [
  { bytes: ascii('%PDF-'), look: (_, handle) => inspectPdf(handle) },
  { bytes: ascii('PK\x03\x04'), look: (path) => inspectZip(path) },
  { bytes: ascii('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), look: (_, handle) => inspectOle(handle) },
]

const pictures: readonly (Signature & { readonly kind: FileKind; readonly and?: Signature })[] = [
  { bytes: ascii('\x89PNG\r\n\x1a\n'), kind: 'png', and: { bytes: ascii('IHDR'), at: 12 } },
  { bytes: ascii('\xff\xd8\xff'), kind: 'jpg' },
  { bytes: ascii('II*\0'), kind: 'tif' },
  { bytes: ascii('MM\0*'), kind: 'tif' },
  { bytes: ascii('RIFF'), kind: 'webp', and: { bytes: ascii('WEBP'), at: 8 } },
]

/** Kinds that get a message of their own; everything else that is not known is refused as well. */
const unwelcome: readonly (Signature & { readonly refusal: FileRefusal })[] = [
  ...[
    'MZ',
    '\x7fELF',
    '#!',
    '\xca\xfe\xba\xbe',
    '\xfe\xed\xfa\xce',
    '\xfe\xed\xfa\xcf',
    '\xce\xfa\xed\xfe',
    '\xcf\xfa\xed\xfe',
    'L\0\0\0\x01\x14\x02\0',
    'dex\n',
  ].map((text) => ({ bytes: ascii(text), refusal: 'executable' as const })),
  ...['PK\x05\x06', 'PK\x07\x08', 'Rar!', '7z\xbc\xaf', '\x1f\x8b', 'BZh', '\xfd7zXZ', 'MSCF', '\x28\xb5\x2f\xfd'].map(
    (text) => ({ bytes: ascii(text), refusal: 'archive' as const }),
  ),
  { bytes: ascii('ustar'), at: 257, refusal: 'archive' },
]

const headBytes = 4096

/** Beginnings of what a browser would run: markup in any of its forms, after white space and a byte order mark. */
const markup = /^[\s\0\ufeff]*<(?:!|\?|html|head|body|script|svg|iframe|title|meta|link|style|table|div|a\s|p>|img)/i

/**
 * Looks into a file, in flat memory, and tells what it is by its content. What only pretends to be one of the kinds
 * is refused, and what can do something when it is opened is flagged.
 */
export async function inspectFile(path: string): Promise<Inspection> {
  const handle = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    const head = buffer.subarray(0, bytesRead)
    if (head.length === 0) return { refusal: 'empty' }
    const container = containers.find((candidate) => matches(head, candidate))
    if (container !== undefined) return await container.look(path, handle)
    const picture = pictures.find((candidate) => matches(head, candidate))
    if (picture !== undefined) {
      const isWhole = picture.and === undefined || matches(head, picture.and)
      return isWhole ? { kind: picture.kind, flags: [] } : { refusal: 'damaged' }
    }
    const known = unwelcome.find((candidate) => matches(head, candidate))
    if (known !== undefined) return { refusal: known.refusal }
    return { refusal: isMarkup(head) ? 'web_page' : 'unknown_kind' }
  } finally {
    await handle.close()
  }
}

function matches(head: Buffer, { bytes, at = 0 }: Signature): boolean {
  return head.subarray(at, at + bytes.length).equals(bytes)
}

function isMarkup(head: Buffer): boolean {
  return markup.test(head.toString('utf8')) || markup.test(head.toString('utf16le'))
}
