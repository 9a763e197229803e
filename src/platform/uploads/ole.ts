import type { FileHandle } from 'node:fs/promises'
import type { FileFlag, FileKind, Inspection } from './file-kinds.ts'

/** Streams of the old Office formats, which all share one container ([MS-CFB]): its directory says what it is. */
const mainStreams: Readonly<Record<string, FileKind>> = {
  worddocument: 'doc',
  workbook: 'xls',
  book: 'xls',
  'powerpoint document': 'ppt',
}

const macroStreams = ['macros', 'vba', '_vba_project', '_vba_project_cur']
const encryptedStreams = ['encryptedpackage', 'encryptioninfo']
const embeddedStreams = /^(?:objectpool|mbd[0-9a-f]{8}|\u0001ole10native)$/

const endOfChain = 0xfffffffe
const entryBytes = 128
/** Sectors of the directory at most: 4096 of them name 16,000 streams and more. */
const mostSectors = 4096

/** What a compound file holds, by the names in its directory. */
export async function inspectOle(handle: FileHandle): Promise<Inspection> {
  let names: readonly string[]
  try {
    names = await readNames(handle)
  } catch {
    return { refusal: 'damaged' }
  }
  if (names.some((name) => encryptedStreams.includes(name))) return { refusal: 'encrypted' }
  const kind = names.map((name) => mainStreams[name]).find((found) => found !== undefined)
  if (kind === undefined) return { refusal: 'unknown_kind' }
  const flags: FileFlag[] = []
  if (names.some((name) => macroStreams.includes(name))) flags.push('macros')
  if (names.some((name) => embeddedStreams.test(name))) flags.push('embedded_files')
  return { kind, flags }
}

async function readNames(handle: FileHandle): Promise<string[]> {
  const header = await readAt(handle, 0, 512)
  const sectorBytes = 2 ** header.readUInt16LE(30)
  if (sectorBytes !== 512 && sectorBytes !== 4096) throw new Error('no sector size')
  const sector = (index: number) => readAt(handle, (index + 1) * sectorBytes, sectorBytes)
  const table = await tableSectors(header, sector, sectorBytes / 4)
  const next = async (index: number) => {
    const holder = table[Math.floor((index * 4) / sectorBytes)]
    if (holder === undefined) throw new Error('outside the table')
    return (await sector(holder)).readUInt32LE((index * 4) % sectorBytes)
  }
  const names: string[] = []
  let index = header.readUInt32LE(48)
  for (let count = 0; index < endOfChain; count += 1) {
    if (count === mostSectors) throw new Error('a directory without an end')
    const entries = await sector(index)
    for (let at = 0; at < sectorBytes; at += entryBytes) {
      const nameBytes = entries.readUInt16LE(at + 64)
      const isUsed = entries[at + 66] !== 0 && nameBytes >= 2 && nameBytes <= 64
      if (isUsed) names.push(entries.toString('utf16le', at, at + nameBytes - 2).toLowerCase())
    }
    index = await next(index)
  }
  return names
}

/** The sectors of the allocation table: 109 named in the header, more in a chain of their own. */
async function tableSectors(
  header: Buffer,
  sector: (index: number) => Promise<Buffer>,
  perSector: number,
): Promise<number[]> {
  const named = (from: Buffer, start: number, count: number) =>
    Array.from({ length: count }, (_, position) => from.readUInt32LE(start + 4 * position)).filter(
      (one) => one < endOfChain,
    )
  const table = named(header, 76, 109)
  let index = header.readUInt32LE(68)
  for (let count = 0; index < endOfChain; count += 1) {
    if (count === mostSectors) throw new Error('a table without an end')
    const more = await sector(index)
    table.push(...named(more, 0, perSector - 1))
    index = more.readUInt32LE(4 * (perSector - 1))
  }
  return table
}

/** @throws where the file ends before. */
async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead < length) throw new Error('the file ends too early')
  return buffer
}
