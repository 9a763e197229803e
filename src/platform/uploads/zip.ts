import { text } from 'node:stream/consumers'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import type { FileFlag, FileKind, Inspection } from './file-kinds.ts'

const megabyte = 1024 * 1024

/** An honest document is far below each of these; a bomb has to pass one of them to do harm. */
const bounds = {
  entries: 10_000,
  /** What it says it unpacks to. */
  totalBytes: 1024 * megabyte,
  /** Unpacked to packed, where what it unpacks to is worth speaking of. */
  ratio: 100,
  ratioFromBytes: 64 * megabyte,
  /** Of the parts that are read here. */
  partBytes: 2 * megabyte,
} as const

/** Content types of a package's main part. */
const openXml: readonly (readonly [type: string, kind: FileKind])[] = [
  ['openxmlformats-officedocument.wordprocessingml.document.main+xml', 'docx'],
  ['openxmlformats-officedocument.spreadsheetml.sheet.main+xml', 'xlsx'],
  ['openxmlformats-officedocument.presentationml.presentation.main+xml', 'pptx'],
  ['ms-word.document.macroenabled.main+xml', 'docm'],
  ['ms-excel.sheet.macroenabled.main+xml', 'xlsm'],
  ['ms-powerpoint.presentation.macroenabled.main+xml', 'pptm'],
]

const openDocument: Readonly<Record<string, FileKind>> = {
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
}

const macroParts = /(?:^|\/)vbaproject\.bin$|(?:^|\/)macrosheets\/|^basic\/.|^scripts\/./i
const embeddedParts = /(?:^|\/)embeddings\/[^/]*\.bin$/i

/** The parts that say what a package is. */
const telling = ['[Content_Types].xml', 'mimetype', 'META-INF/manifest.xml']

class Bomb extends Error {}

/** What a ZIP container holds, by its directory and the parts that describe it: nothing else is unpacked. */
export async function inspectZip(path: string): Promise<Inspection> {
  let zip: ZipFile | undefined
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true })
    const directory = await readDirectory(zip)
    if (directory.isEncrypted) return { refusal: 'encrypted' }
    return identify(directory.parts, directory.flags)
  } catch (error) {
    return { refusal: error instanceof Bomb ? 'zip_bomb' : 'damaged' }
  } finally {
    zip?.close()
  }
}

async function readDirectory(zip: ZipFile) {
  if (zip.entryCount > bounds.entries) throw new Bomb()
  const parts = new Map<string, string>()
  const flags = new Set<FileFlag>()
  let [packed, unpacked] = [0, 0]
  let isEncrypted = false
  for await (const entry of zip.eachEntry()) {
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    const isDense = unpacked > bounds.ratioFromBytes && unpacked > bounds.ratio * zip.fileSize
    // Entries that lie over each other make much of little: together they would be longer than the file.
    if (unpacked > bounds.totalBytes || isDense || packed > zip.fileSize) throw new Bomb()
    if (entry.isEncrypted()) isEncrypted = true
    if (macroParts.test(entry.fileName)) flags.add('macros')
    if (embeddedParts.test(entry.fileName)) flags.add('embedded_files')
    if (telling.includes(entry.fileName) && !entry.isEncrypted()) parts.set(entry.fileName, await readPart(zip, entry))
  }
  return { parts, flags, isEncrypted }
}

async function readPart(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > bounds.partBytes) throw new Bomb()
  return text(await zip.openReadStreamPromise(entry))
}

function identify(parts: ReadonlyMap<string, string>, flags: Set<FileFlag>): Inspection {
  const odf = openDocument[parts.get('mimetype')?.trim() ?? '']
  if (odf !== undefined) {
    if (parts.get('META-INF/manifest.xml')?.includes('encryption-data')) flags.add('encrypted')
    return { kind: odf, flags: [...flags] }
  }
  const types = parts.get('[Content_Types].xml')?.toLowerCase()
  if (types === undefined) return { refusal: 'archive' }
  const kind = openXml.find(([type]) => types.includes(type))?.[1]
  if (kind === undefined) return { refusal: 'unknown_kind' }
  if (kind.endsWith('m')) flags.add('macros')
  return { kind, flags: [...flags] }
}
