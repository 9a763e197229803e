import { spawn, type SpawnOptions } from 'node:child_process'
import { chown, mkdtemp, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { giveToOwnerOf } from '#platform/ownership.ts'
import type { Logger } from '#platform/log.ts'
import { programIn, type Binaries } from './binaries.ts'
import { PostgresError } from './errors.ts'
import type { Place } from './place.ts'

export const ownerRole = 'yunqiao_owner'
export const databaseName = 'yunqiao'

/** Where the owner's password is kept. */
export const passwordFile = ({ home }: Place) => join(home, 'password')

/** How programs of PostgreSQL are run: as the place's user, untouched by PG… variables of this process. */
export function runAs({ home, user }: Place): SpawnOptions {
  const { PATH, SystemRoot, TEMP, TMPDIR } = process.env
  const env = Object.fromEntries(Object.entries({ PATH, SystemRoot, TEMP, TMPDIR }).filter(([, value]) => value))
  return { cwd: home, env: { ...env, LC_ALL: 'C' }, ...(user ? { uid: user.uid, gid: user.gid } : {}) }
}

/**
 * Makes the data directory with an empty database in it, unless there is one already. It is made aside and renamed
 * when complete, so that one that was interrupted is never taken for a database, and is cleared away here.
 * Only one process at a time may do this.
 * @throws PostgresError where the folder holds something else, or data of another major version.
 */
export async function prepareCluster(place: Place, binaries: Binaries, log: Logger): Promise<void> {
  for (const name of await readdir(place.home)) {
    if (name.startsWith('unfinished-'))
      await rm(join(place.home, name), { recursive: true, force: true, maxRetries: 5 })
  }
  if (await isCluster(place, binaries)) return
  log.info('Making the database')
  const password = await keptPassword(place)
  const draft = await mkdtemp(join(place.home, 'unfinished-'))
  const passwordDraft = join(draft, 'password')
  await writeFile(passwordDraft, password, { mode: 0o600 })
  if (place.user) for (const path of [draft, passwordDraft]) await chown(path, place.user.uid, place.user.gid)
  const data = join(draft, 'data')
  const locale = binaries.majorVersion >= 17 ? ['--locale-provider=builtin', '--locale=C.UTF-8'] : ['--locale=C.UTF-8']
  await run(place, programIn(binaries, 'initdb'), [
    ...['-D', data, '-E', 'UTF8', ...locale, '-U', ownerRole, '--auth=scram-sha-256', `--pwfile=${passwordDraft}`],
    ...['--data-checksums', '--no-instructions'],
  ])
  await run(
    place,
    programIn(binaries, 'postgres'),
    ['--single', '-D', data, 'postgres'],
    `CREATE DATABASE ${databaseName}\n`,
  )
  await rename(data, place.data)
  await flushFolder(place.home)
  await rm(draft, { recursive: true, force: true })
}

async function isCluster({ data }: Place, { majorVersion }: Binaries): Promise<boolean> {
  const found = await stat(data).catch(() => undefined)
  if (!found) return false
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined) {
    if (found.isDirectory() && (await readdir(data)).length === 0) return false
    throw new PostgresError(
      'not_a_cluster',
      `${data} does not hold a PostgreSQL database. Move it away, or put back what was there.`,
    )
  }
  if (Number.parseInt(version, 10) === majorVersion) return true
  const newer = Number.parseInt(version, 10) > majorVersion
  throw new PostgresError(
    'wrong_version',
    `${data} is of PostgreSQL ${version.trim()}, and this is PostgreSQL ${majorVersion}. ` +
      (newer
        ? 'Update Yunqiao to the version that last used it.'
        : 'Export its content with the version of Yunqiao that last used it, and import that here.'),
  )
}

async function keptPassword(place: Place): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  await writeFile(passwordFile(place), password, { mode: 0o600, flush: true })
  giveToOwnerOf(place.home, passwordFile(place))
  return password
}

async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

function run(place: Place, program: string, parameters: readonly string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (detail: string, cause?: unknown) =>
      reject(new PostgresError('no_binaries', `${program} failed: ${detail.trim()}`, cause))
    const child = spawn(program, parameters, { ...runAs(place), stdio: 'pipe' })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', (error) => fail(error.message, error))
    child.on('close', (code) => (code === 0 ? resolve() : fail(output)))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}
