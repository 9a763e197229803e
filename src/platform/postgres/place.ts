import { chmod, mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isRoot } from '#platform/ownership.ts'
import type { Logger } from '#platform/log.ts'
import { PostgresError } from './errors.ts'
import { checkedHome, passable, stageHome, stagedHome } from './staging.ts'
import { closedFolder, unprivilegedUser, userWithId, type ServerUser } from './user.ts'

/** Where everything of one private server is, and whom it runs as. */
export interface Place {
  /** Holds the data directory, the leases, the lock, the password and the log. */
  readonly home: string
  /** The data directory proper. */
  readonly data: string
  /** `undefined`: as the user of this process. */
  readonly user: ServerUser | undefined
}

const dataIn = (home: string) => join(home, 'data')

/**
 * Finds or makes the place of the private server of `dataDir`.
 * @throws PostgresError where it belongs to somebody else or cannot be reached, saying which folder and what to do.
 */
export async function findPlace(dataDir: string, stagingRoot: string, log: Logger): Promise<Place> {
  const real = await madeFolder(dataDir)
  const home = join(real, 'postgres')
  if (process.platform === 'win32') return { home: await madeFolder(home), data: dataIn(home), user: undefined }
  const elsewhere = await stagedHome(real)
  if (!isRoot) return ownPlace(real, home, elsewhere)
  if (elsewhere !== undefined) return rootPlace(await checkedHome(real, elsewhere))
  if (await isEmpty(home)) {
    const user = unprivilegedUser()
    const closed = closedFolder(real, user)
    if (closed !== undefined) return rootPlace(await stageHome(real, closed, user, stagingRoot, log))
    await chmod(await madeFolder(home), passable)
  }
  return rootPlace(home)
}

async function madeFolder(path: string, mode = 0o755): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode })
    return await realpath(path)
  } catch (error) {
    throw new PostgresError(
      'unreachable',
      `${path} cannot be written by this user. Set DATA_DIR to a folder of your own, or run as its owner.`,
      error,
    )
  }
}

/** The place of an ordinary user, who must own it. */
async function ownPlace(dataDir: string, home: string, elsewhere: string | undefined): Promise<Place> {
  if (elsewhere !== undefined) {
    throw new PostgresError(
      'wrong_owner',
      `The database of ${dataDir} was made by root and is in ${elsewhere}. Run this as root, or set DATA_DIR to ` +
        'a folder of your own.',
    )
  }
  await madeFolder(home, 0o700)
  await mustOwn(home)
  await mustOwn(dataIn(home))
  return { home, data: dataIn(home), user: undefined }
}

async function mustOwn(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found || found.uid === process.getuid?.()) return
  throw new PostgresError(
    'wrong_owner',
    `${path} belongs to another user (id ${found.uid}). Run this as that user, or set DATA_DIR to a folder of your own.`,
  )
}

/** The place of root: the server runs as whoever owns the data. */
async function rootPlace(home: string): Promise<Place> {
  const data = dataIn(home)
  const owner = (await stat(data).catch(() => undefined))?.uid
  const user = owner === undefined ? await userFor(home) : userWithId(owner, data)
  const closed = closedFolder(owner === undefined ? home : data, user)
  if (closed === undefined) return { home, data, user }
  throw new PostgresError(
    'unreachable',
    `The database in ${home} belongs to ${user.name}, who cannot enter ${closed}. Let others pass through it: ` +
      `chmod o+x ${closed}`,
  )
}

/** Who is to own the data in a folder that has none yet. */
async function userFor(home: string): Promise<ServerUser> {
  const { uid } = await stat(home)
  return uid === 0 ? unprivilegedUser() : userWithId(uid, home)
}

async function isEmpty(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  return names.length === 0
}
