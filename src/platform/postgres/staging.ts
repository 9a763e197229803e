import { chmod, mkdtemp, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '#platform/log.ts'
import { makeOpenFolder } from './binaries.ts'
import { PostgresError } from './errors.ts'
import { makeLockFile, withLock } from './locks.ts'
import { closedFolder, type ServerUser } from './user.ts'

/** Where root's copies of the binaries and its data directories go when those in the project cannot be reached. */
export const defaultStagingRoot = '/var/lib/yunqiao'

/** The mode of a folder that others may pass through and not look into. */
export const passable = 0o711

/** In a data directory whose `postgres` the server's user cannot reach: names the folder that stands for it. */
const pointerIn = (dataDir: string) => join(dataDir, 'postgres.path')
/** In such a folder: names the data directory that it belongs to. */
const deedIn = (home: string) => join(home, 'belongs-to')

/** The folder that a data directory points to, if it does. */
export const stagedHome = (dataDir: string): Promise<string | undefined> => readIfThere(pointerIn(dataDir))

/**
 * Makes a folder in `stagingRoot` for a data directory that `user` cannot reach because of the folder `closed`. Where
 * several processes do so at once, all get the first one's.
 * @throws PostgresError where the user cannot reach `stagingRoot` either.
 */
export async function stageHome(
  dataDir: string,
  closed: string,
  user: ServerUser,
  stagingRoot: string,
  log: Logger,
): Promise<string> {
  await makeOpenFolder(stagingRoot)
  const blocked = closedFolder(stagingRoot, user)
  if (blocked !== undefined) {
    throw new PostgresError(
      'unreachable',
      `PostgreSQL runs as ${user.name}, who can enter neither ${closed} nor ${blocked}. Open one of them with ` +
        `chmod o+x, or set DATA_DIR to a folder that ${user.name} can enter.`,
    )
  }
  const lock = join(stagingRoot, 'lock')
  makeLockFile(lock, stagingRoot)
  return withLock(
    lock,
    () => log.info(`Waiting for another process that uses ${stagingRoot}`),
    async () => {
      const first = await stagedHome(dataDir)
      if (first !== undefined) return first
      await nameAbandoned(stagingRoot, log)
      const home = await mkdtemp(join(stagingRoot, 'data-'))
      await chmod(home, passable)
      await writeAtOnce(deedIn(home), dataDir)
      await writeAtOnce(pointerIn(dataDir), home)
      log.info(`PostgreSQL runs as ${user.name}, who cannot enter ${closed}: the database is kept in ${home}`)
      return home
    },
  )
}

/**
 * The folder that a data directory points to, when it is its own. The data directory may have been moved since; a
 * copy of it must not come upon the database of its original.
 * @throws PostgresError for a copy, and where the folder is gone.
 */
export async function checkedHome(dataDir: string, home: string): Promise<string> {
  const owner = await readIfThere(deedIn(home))
  if (owner === undefined) {
    throw new PostgresError(
      'unreachable',
      `The database of ${dataDir} was in ${home}, which is not there any more. Put it back; or remove ` +
        `${pointerIn(dataDir)} to begin with an empty database.`,
    )
  }
  if (owner === dataDir) return home
  if ((await stagedHome(owner)) === home && !(await isSameFolder(owner, dataDir))) {
    throw new PostgresError(
      'wrong_owner',
      `${dataDir} is a copy of ${owner}, whose database is in ${home}. Use the original; or remove ` +
        `${pointerIn(dataDir)} to begin with an empty database.`,
    )
  }
  await writeAtOnce(deedIn(home), dataDir)
  return home
}

/** Says which databases here have lost their data directory: nobody else would ever think of them. */
async function nameAbandoned(stagingRoot: string, log: Logger): Promise<void> {
  for (const name of await readdir(stagingRoot)) {
    const home = join(stagingRoot, name)
    const owner = await readIfThere(deedIn(home))
    if (owner === undefined || (await stagedHome(owner)) === home) continue
    log.warn(`${home} holds the database of ${owner}, which is gone. Remove it when nobody needs it.`)
  }
}

async function isSameFolder(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(one), stat(other)])
  return a.dev === b.dev && a.ino === b.ino
}

async function writeAtOnce(path: string, line: string): Promise<void> {
  await writeFile(`${path}.draft`, `${line}\n`, { flush: true })
  await rename(`${path}.draft`, path)
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
