import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createInflate } from 'node:zlib'
import type { FileFlag, Inspection } from './file-kinds.ts'

const kilobyte = 1024
const windowBytes = 64 * kilobyte
/** Longer than any name or stream dictionary that matters, so that none falls between two windows. */
const overlapBytes = 4 * kilobyte
/** What is unpacked of a file's object streams at most, altogether. */
const mostUnpackedBytes = 64 * kilobyte * kilobyte

/**
 * Names by which a PDF does something when it is opened or clicked (ISO 32000-2, 12.6.4). The short one has to be
 * followed by what it may name: by itself it turns up in the bytes of any large picture.
 */
const tellingNames: readonly (readonly [name: RegExp, flag: FileFlag])[] = [
  [/\/JavaScript(?![A-Za-z0-9])|\/JS\s*(?:\(|<|\d+\s+\d+\s+R)/, 'pdf_javascript'],
  [/\/Launch(?![A-Za-z0-9])/, 'pdf_launch'],
  [/\/EmbeddedFiles?(?![A-Za-z0-9])/, 'embedded_files'],
  [/\/Encrypt(?![A-Za-z0-9])/, 'encrypted'],
]

/** The start of a stream that holds objects, among them perhaps actions: dictionary, keyword, end of line. */
const objectStream = /\/ObjStm(?![A-Za-z0-9])[\s\S]{0,2048}?stream\r?\n/g

/**
 * Flags of a PDF, from all of its plain bytes and what its object streams unpack to. Names are read as readers do, with
 * their `#` escapes resolved.
 */
export async function inspectPdf(handle: FileHandle): Promise<Inspection> {
  const flags = new Set<FileFlag>()
  const budget = { bytes: mostUnpackedBytes }
  const seen = new Set<number>()
  const { size } = await handle.stat()
  for (let position = 0; position < size; position += windowBytes - overlapBytes) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(windowBytes), 0, windowBytes, position)
    const words = buffer.toString('latin1', 0, bytesRead)
    note(words, flags)
    for (const start of streamStarts(words)) {
      if (seen.has(position + start)) continue
      seen.add(position + start)
      await noteUnpacked(handle, position + start, flags, budget)
    }
  }
  // Nobody can look into what is encrypted: that says it already.
  if (flags.has('encrypted')) flags.delete('unchecked')
  return { kind: 'pdf', flags: [...flags].toSorted() }
}

function* streamStarts(words: string): Generator<number> {
  for (const found of words.matchAll(objectStream)) yield found.index + found[0].length
  // The type may stand behind other entries that are long, or be escaped: then the dictionary is read in plain form.
  if (!words.includes('#')) return
  for (const found of words.matchAll(/<<([^<>]{0,1024})>>\s*stream\r?\n/g)) {
    const dictionary = found[1] ?? ''
    if (dictionary.includes('#') && unescaped(dictionary).includes('/ObjStm')) yield found.index + found[0].length
  }
}

function note(words: string, flags: Set<FileFlag>): void {
  const plain = words.includes('#') ? unescaped(words) : words
  for (const [name, flag] of tellingNames) if (!flags.has(flag) && name.test(plain)) flags.add(flag)
}

/** `/J#61vaScript` is `/JavaScript`. */
function unescaped(words: string): string {
  return words.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** Unpacks a stream as far as the budget goes; what cannot be unpacked has not been checked, and is flagged so. */
async function noteUnpacked(
  handle: FileHandle,
  start: number,
  flags: Set<FileFlag>,
  budget: { bytes: number },
): Promise<void> {
  const inflate = createInflate()
  const source = Readable.from(chunksFrom(handle, start))
  source.on('error', (error) => inflate.destroy(error))
  let tail = ''
  try {
    for await (const chunk of source.pipe(inflate) as AsyncIterable<Buffer>) {
      budget.bytes -= chunk.length
      if (budget.bytes < 0) throw new Error('too much to unpack')
      const words = tail + chunk.toString('latin1')
      note(words, flags)
      tail = words.slice(-256)
    }
  } catch {
    flags.add('unchecked')
  } finally {
    source.destroy()
    inflate.destroy()
  }
}

/** The file from a place on. A stream of the handle itself would close it. */
async function* chunksFrom(handle: FileHandle, start: number): AsyncGenerator<Buffer> {
  for (let position = start; ;) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(windowBytes), 0, windowBytes, position)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    position += bytesRead
  }
}
