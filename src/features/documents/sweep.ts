import { inArray } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { storedFiles } from '#db/schema/index.ts'
import type { Storage } from '#platform/storage/storage.ts'
import { isRecorded } from './stored-file.ts'

/** Long enough for any upload to have been recorded. */
const patienceHours = 24
const filesAtOnce = 500

/**
 * Removes files that no record names: their upload was killed, or refused, after they were kept.
 * @param now by the clock that dates files, which is the system's
 */
export async function sweepFiles(
  { database, storage }: { readonly database: Database; readonly storage: Storage },
  now: Temporal.Instant = Temporal.Now.instant(),
): Promise<void> {
  const before = now.subtract({ hours: patienceHours })
  await storage.sweepStaged(before)
  let old: string[] = []
  for await (const { sha256, keptAt } of storage.list()) {
    if (Temporal.Instant.compare(keptAt, before) <= 0) old.push(sha256)
    if (old.length < filesAtOnce) continue
    await removeUnrecorded(database, storage, old)
    old = []
  }
  await removeUnrecorded(database, storage, old)
}

async function removeUnrecorded(database: Database, storage: Storage, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return
  const recorded = await database
    .select({ sha256: storedFiles.sha256 })
    .from(storedFiles)
    .where(inArray(storedFiles.sha256, [...hashes]))
  const known = new Set(recorded.map((row) => row.sha256))
  for (const sha256 of hashes) {
    if (known.has(sha256)) continue
    await database.transaction(async (tx) => {
      if (!(await isRecorded(tx, sha256))) await storage.remove(sha256)
    })
  }
}
