import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { giveToOwnerOf } from '#platform/ownership.ts'

/** Bytes on their way in: complete and on the disk, but not kept yet. */
export interface StagedFile {
  /** Absolute path, for those that look into it. */
  readonly path: string
  readonly sha256: string
  readonly sizeBytes: number
  /** Removes it; what was kept of it stays. */
  readonly discard: () => Promise<void>
}

/** Makes a folder somewhere below `top`, and gives all that was made on the way to the owner of `top`. */
export async function makeFolder(top: string, folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) giveToOwnerOf(top, made)
}

/** Writes a source to a new file in `folder`, one chunk at a time, and leaves nothing behind when it fails. */
export async function stageFile(folder: string, source: AsyncIterable<Uint8Array>): Promise<StagedFile> {
  const path = join(folder, randomUUID())
  const discard = () => rm(path, { force: true })
  const hash = createHash('sha256')
  let sizeBytes = 0
  const handle = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of source) {
      hash.update(chunk)
      sizeBytes += chunk.length
      await writeAll(handle, chunk)
    }
    await handle.sync()
  } catch (error) {
    await handle.close()
    await discard()
    throw error
  }
  await handle.close()
  giveToOwnerOf(folder, path)
  return { path, sha256: hash.digest('hex'), sizeBytes, discard }
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length;) {
    written += (await handle.write(chunk, written, chunk.length - written)).bytesWritten
  }
}

/** Removes files that were written last before an instant. */
export async function sweepFolder(folder: string, olderThan: Temporal.Instant): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const status = await stat(path).catch(() => undefined)
    if (status?.isFile() && status.mtimeMs < olderThan.epochMilliseconds) await rm(path, { force: true })
  }
}

/** Puts on the disk which names a folder holds. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
