import { join } from 'node:path'
import type { BucketAddress } from './address.ts'
import { keptFiles, type Place } from './kept.ts'
import { localPlace } from './local.ts'
import { makeFolder, stageFile, sweepFolder } from './staging.ts'
import type { Storage } from './storage.ts'

export interface StorageOptions {
  /** Absolute path; uploads on their way in are below it, and everything else where there is no bucket. */
  readonly dataDir: string
  readonly bucket: BucketAddress | undefined
}

/** Opens the storage of a process. The client of buckets is large, and loaded only where there is one. */
export async function openStorage({ dataDir, bucket }: StorageOptions): Promise<Storage> {
  const folder = join(dataDir, 'files')
  const incoming = join(folder, 'incoming')
  const ready = () => makeFolder(dataDir, incoming)
  const place: Place = bucket === undefined ? localPlace(folder) : (await import('./bucket.ts')).bucketPlace(bucket)
  return {
    ...keptFiles(place),
    async stage(source) {
      await ready()
      return stageFile(incoming, source)
    },
    async sweepStaged(olderThan) {
      await ready()
      await sweepFolder(incoming, olderThan)
    },
  }
}
