import { pipeline } from 'node:stream'
import type { Disk } from 'flydrive'
import { DomainError } from '#platform/errors.ts'
import type { StagedFile } from './staging.ts'
import type { KeptFile, Storage } from './storage.ts'
import { verified } from './verified.ts'

/** Somewhere that files are kept: read and listed through flydrive, written in the place's own safe way. */
export interface Place {
  readonly disk: Disk
  /** Puts the file under `keyOf` its hash, whole or not at all; one that is there stays as it is. */
  readonly put: (file: StagedFile) => Promise<void>
}

const prefix = 'sha256'
const keyPattern = new RegExp(`^${prefix}/[0-9a-f]{2}/([0-9a-f]{64})$`)

/** The name of a file in its place: in 256 folders, so that none of them grows beyond use. */
export function keyOf(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError(`${sha256} is no SHA-256`)
  return `${prefix}/${sha256.slice(0, 2)}/${sha256}`
}

/** The half of a storage that has to do with what is kept. */
export function keptFiles({ disk, put }: Place): Pick<Storage, 'keep' | 'has' | 'read' | 'list' | 'remove'> {
  return {
    keep: put,
    has: (sha256) => disk.exists(keyOf(sha256)),
    async read(sha256) {
      const key = keyOf(sha256)
      if (!(await disk.exists(key))) throw new DomainError('not_found')
      // Its reader learns of an error from the stream that it gets.
      return pipeline(await disk.getStream(key), verified(sha256), () => undefined)
    },
    async *list(): AsyncGenerator<KeptFile> {
      let paginationToken: string | undefined
      do {
        const page = await disk.listAll(prefix, {
          recursive: true,
          ...(paginationToken === undefined ? {} : { paginationToken }),
        })
        for (const found of page.objects) {
          const sha256 = found.isFile ? keyPattern.exec(found.key)?.[1] : undefined
          if (sha256 === undefined || !found.isFile) continue
          const { lastModified } = await found.getMetaData()
          yield { sha256, keptAt: Temporal.Instant.fromEpochMilliseconds(lastModified.getTime()) }
        }
        paginationToken = page.paginationToken
      } while (paginationToken !== undefined)
    },
    remove: (sha256) => disk.delete(keyOf(sha256)),
  }
}
