import { chmod, mkdir, mkdtemp, readFile, readdir, realpath, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRoot } from '#platform/ownership.ts'
import type { Logger } from '#platform/log.ts'
import { makeOpenFolder } from './binaries.ts'
import { PostgresError } from './errors.ts'
import { closedFolder, unprivilegedUser, userWithId, type ServerUser } from './user.ts'

/** Where root's copies of the binaries and its data directories go when those in the project cannot be reached. */
export const defaultStagingRoot = '/var/lib/yunqiao'

/** Where everything of one private server is, and whom it runs as. */
export interface Place {
  /** Holds the data directory, the leases, the lock, the password and the log. */
  readonly home: string
  /** The data directory proper. */
  readonly data: string
  /** `undefined`: as the user of this process. */
  readonly user: ServerUser | undefined
}

const placeAt = (home: string, user: ServerUser | undefined): Place => ({ home, data: join(home, 'data'), user })

/** The mode of a folder that others may pass through and not look into. */
const passable = 0o711

/** Names the folder that stands for `postgres` of a data directory which the server's user cannot reach. */
const pointerIn = (dataDir: string) => join(dataDir, 'postgres.path')
/** In such a folder: whose it is. */
const deedIn = (home: string) => join(home, 'belongs-to.json')

/**
 * Finds or makes the place of the private server of `dataDir`.
 * @throws PostgresError where it belongs to somebody else or cannot be reached, saying which folder and what to do.
 */
export async function findPlace(dataDir: string, stagingRoot: string, log: Logger): Promise<Place> {
  await mkdir(dataDir, { recursive: true, mode: 0o755 })
  const real = await realpath(dataDir)
  const home = join(real, 'postgres')
  if (process.platform === 'win32') {
    await mkdir(home, { recursive: true })
    return placeAt(home, undefined)
  }
  if (!isRoot) return ownPlace(real, home)
  const elsewhere = await readIfThere(pointerIn(real))
  if (elsewhere !== undefined) return rootPlace(await checkDeed(real, elsewhere.trim()))
  if (await isEmpty(home)) {
    const user = unprivilegedUser()
    const closed = closedFolder(real, user)
    if (closed !== undefined) return rootPlace(await stage(real, closed, user, stagingRoot, log))
    await mkdir(home, { recursive: true })
    await chmod(home, passable)
  }
  return rootPlace(home)
}

async function ownPlace(dataDir: string, home: string): Promise<Place> {
  const pointer = await readIfThere(pointerIn(dataDir))
  if (pointer !== undefined) {
    throw new PostgresError(
      'wrong_owner',
      `The database of ${dataDir} was made by root and is in ${pointer.trim()}. Run this as root, or set DATA_DIR to ` +
        'a folder of your own.',
    )
  }
  const made = await mkdir(home, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new PostgresError(
      'unreachable',
      `${dataDir} cannot be written by this user. Set DATA_DIR to a folder of your own, or run as its owner.`,
      error,
    )
  })
  if (made === undefined) await mustOwn(home)
  const place = placeAt(home, undefined)
  await mustOwn(place.data)
  return place
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
  const { data } = placeAt(home, undefined)
  const dataOwner = (await stat(data).catch(() => undefined))?.uid
  const homeOwner = (await stat(home)).uid
  const user =
    dataOwner !== undefined
      ? userWithId(dataOwner, data)
      : homeOwner !== 0
        ? userWithId(homeOwner, home)
        : unprivilegedUser()
  const closed = closedFolder(dataOwner === undefined ? home : data, user)
  if (closed === undefined) return placeAt(home, user)
  throw new PostgresError(
    'unreachable',
    `The database in ${home} belongs to ${user.name}, who cannot enter ${closed}. Let others pass through it: ` +
      `chmod o+x ${closed}`,
  )
}

async function stage(
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
  const home = await mkdtemp(join(stagingRoot, 'data-'))
  await chmod(home, passable)
  await writeDeed(home, dataDir)
  await writeFile(pointerIn(dataDir), `${home}\n`, { flush: true })
  log.info(`PostgreSQL runs as ${user.name}, who cannot enter ${closed}: the database is kept in ${home}`)
  return home
}

interface Deed {
  readonly path: string
  readonly device: number
  readonly inode: number
}

async function writeDeed(home: string, dataDir: string): Promise<void> {
  const { dev, ino } = await stat(dataDir)
  const deed: Deed = { path: dataDir, device: dev, inode: ino }
  await writeFile(deedIn(home), `${JSON.stringify(deed)}\n`, { flush: true })
}

/** A data directory may have been moved since; a copy must not come upon the database of its original. */
async function checkDeed(dataDir: string, home: string): Promise<string> {
  const text = await readIfThere(deedIn(home))
  if (text === undefined) {
    throw new PostgresError(
      'unreachable',
      `The database of ${dataDir} was in ${home}, which is not there any more. Put it back; or remove ` +
        `${pointerIn(dataDir)} to begin with an empty database.`,
    )
  }
  const deed = JSON.parse(text) as Deed
  const here = await stat(dataDir)
  if (here.dev === deed.device && here.ino === deed.inode && dataDir === deed.path) return home
  const original = await stat(deed.path).catch(() => undefined)
  if (original?.dev === deed.device && original.ino === deed.inode && dataDir !== (await realpath(deed.path))) {
    throw new PostgresError(
      'wrong_owner',
      `${dataDir} is a copy of ${deed.path}, whose database is in ${home}. Use the original; or remove ` +
        `${pointerIn(dataDir)} to begin with an empty database.`,
    )
  }
  await writeDeed(home, dataDir)
  return home
}

async function isEmpty(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  return names.length === 0
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
