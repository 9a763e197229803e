import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '#platform/log.ts'
import { makeLockFile, tryLock } from '#platform/postgres/locks.ts'
import { acquirePrivateServer } from '#platform/postgres/private.ts'

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

async function removeAbandoned(path: string): Promise<void> {
  const lockPath = join(path, 'run.lock')
  if (!existsSync(lockPath)) return
  const lock = tryLock(lockPath)
  if (!lock) return
  try {
    const dataDir = dataDirOf(path)
    if (existsSync(join(dataDir, 'postgres/data/postmaster.pid'))) {
      const server = await acquirePrivateServer({ dataDir, log: silentLogger }).catch(() => undefined)
      await server?.release()
    }
  } finally {
    lock.release()
    rmSync(path, { recursive: true, force: true, maxRetries: 5 })
  }
}
