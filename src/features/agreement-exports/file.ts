import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '#platform/ids.ts'

/**
 * Writes a file that is there in full or not at all: beside its place first, and moved there once every byte is on the
 * disk. What goes wrong before leaves a file of that name as it was, and nothing beside it.
 * @param signal ends the writing, as if it had failed
 */
export async function writeWhole(file: string, source: Readable, signal?: AbortSignal): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${newId()}.part`)
  try {
    const handle = await open(beside, 'wx')
    await pipeline(source, handle.createWriteStream({ flush: true }), { signal })
    await rename(beside, file)
  } catch (error) {
    source.destroy()
    await rm(beside, { force: true })
    throw error
  }
}
