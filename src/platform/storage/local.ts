import { link } from 'node:fs/promises'
import { join } from 'node:path'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import { keyOf, type Place } from './kept.ts'
import { makeFolder, type StagedFile, syncFolder } from './staging.ts'

/**
 * Files in a folder of the same file system as the staged ones. A file gets its name by a hard link: complete, and
 * never over another.
 */
export function localPlace(folder: string): Place {
  const disk = new Disk(new FSDriver({ location: folder, visibility: 'private' }))
  return {
    disk,
    async put({ path, sha256 }: StagedFile) {
      const key = keyOf(sha256)
      const within = join(folder, key, '..')
      await makeFolder(folder, within)
      try {
        await link(path, join(folder, key))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      // The names are on the disk only once their folders are.
      for (const each of [within, join(within, '..'), folder]) await syncFolder(each)
    },
  }
}
