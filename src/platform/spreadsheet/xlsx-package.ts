import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { SheetError } from './model.ts'

/** The parts of an XLSX file by name, each opened as a stream. */
export interface Package extends AsyncDisposable {
  readonly has: (name: string) => boolean
  /** @throws SheetError `sheet_damaged` where there is no such part */
  readonly open: (name: string) => Promise<Readable>
}

/**
 * Opens the container. Whoever calls it has had it inspected before (number of parts, what they unpack to); a part
 * that unpacks to more than it said breaks off.
 */
export async function openPackage(path: string): Promise<Package> {
  let zip: ZipFile
  const parts = new Map<string, Entry>()
  try {
    zip = await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      strictFileNames: true,
      validateEntrySizes: true,
    })
    for await (const entry of zip.eachEntry()) parts.set(entry.fileName.toLowerCase(), entry)
  } catch (error) {
    throw new SheetError('sheet_damaged', {}, error)
  }
  return {
    has: (name) => parts.has(name.toLowerCase()),
    async open(name) {
      const entry = parts.get(name.toLowerCase())
      if (entry === undefined) throw new SheetError('sheet_damaged')
      return zip.openReadStreamPromise(entry)
    },
    [Symbol.asyncDispose]() {
      zip.close()
      return Promise.resolve()
    },
  }
}
