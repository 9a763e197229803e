import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLockFile, tryLock } from '#platform/postgres/locks.ts'
import { findPostmaster } from '#platform/postgres/postmaster.ts'
import { hasEnded } from '#platform/postgres/processes.ts'

const prefix = 'yunqiao-test-'

/** A folder for one run, which any user can enter. */
export interface Scratch {
  readonly path: string
  remove(): void
}

/** Makes a folder for this run, and clears away what runs that were killed left behind, their servers included. */
export async function makeScratch(): Promise<Scratch> {
  const parent = tmpdir()
  for (const name of readdirSync(parent)) {
    if (name.startsWith(prefix)) await removeAbandoned(join(parent, name))
  }
  const path = mkdtempSync(join(parent, prefix))
  chmodSync(path, 0o755)
  const lockPath = join(path, 'run.lock')
  makeLockFile(lockPath, path)
  const lock = tryLock(lockPath)
  return {
    path,
    remove() {
      lock?.release()
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The data directory of the run's server, below its folder. */
export const dataDirOf = (path: string) => join(path, 'data')

const settledMs = 60_000

async function removeAbandoned(path: string): Promise<void> {
  const lockPath = join(path, 'run.lock')
  const found = statSync(lockPath, { throwIfNoEntry: false })
  // Another run may have made its folder just now, and not have locked it yet.
  if (found?.uid !== process.getuid?.() || Date.now() - (found?.mtimeMs ?? 0) < settledMs) return
  const lock = tryLock(lockPath)
  if (!lock) return
  try {
    const left = await findPostmaster(join(dataDirOf(path), 'postgres/data'))
    if (left) {
      process.kill(left.pid, 'SIGINT')
      await hasEnded(left.pid, settledMs)
    }
  } finally {
    lock.release()
    rmSync(path, { recursive: true, force: true, maxRetries: 5 })
  }
}
