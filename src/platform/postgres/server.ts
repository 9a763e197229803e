import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, lstat, mkdir, open, readFile, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { giveToOwnerOf } from '#platform/ownership.ts'
import type { Logger } from '#platform/log.ts'
import { programIn, type Binaries } from './binaries.ts'
import { runAs } from './cluster.ts'
import { PostgresError } from './errors.ts'
import type { Place } from './place.ts'
import { findPostmaster, forgetPostmaster, isServing, type Postmaster } from './postmaster.ts'
import { hasEnded, isRunning } from './processes.ts'

/** How clients reach the server: a Unix socket's folder, or loopback. */
export type Transport = 'socket' | 'loopback'

export interface StartOptions {
  readonly transport: Transport
  /** Server settings beyond our own, such as `{ fsync: 'off' }` for tests. */
  readonly settings: Readonly<Record<string, string>>
}

const maxLogBytes = 10 * 1024 * 1024
const slowMs = 5_000
const givenUpMs = 10 * 60_000

/** Starts the server on a prepared data directory, or adopts the one that runs. Returns once it takes connections. */
export async function startServer(
  place: Place,
  binaries: Binaries,
  options: StartOptions,
  log: Logger,
): Promise<Postmaster> {
  const found = await findPostmaster(place.data)
  if (found && found.status !== 'stopping') {
    const adopted = await untilReady(place, found.pid, log)
    if (isServing(adopted)) return adopted
    await stopServer(place, binaries, log)
  }
  if (found && !(await hasEnded(found.pid, givenUpMs))) throw notAnswering(place, found.pid)
  const deadline = performance.now() + 15_000
  for (;;) {
    await forgetPostmaster(place.data)
    try {
      return await launch(place, binaries, options, log)
    } catch (error) {
      // After the server itself was killed, its children may need a moment to notice it and to let go of its memory.
      const held = error instanceof PostgresError && error.message.includes('shared memory block')
      if (!held || performance.now() > deadline) throw error
      await sleep(100)
    }
  }
}

async function launch(place: Place, binaries: Binaries, options: StartOptions, log: Logger): Promise<Postmaster> {
  const logPath = join(place.home, 'server.log')
  const logFile = await openLog(place, logPath)
  const logStart = (await logFile.stat()).size
  const address =
    options.transport === 'socket'
      ? { unix_socket_directories: await makeSocketFolder(place), listen_addresses: '', port: '5432' }
      : { unix_socket_directories: '', listen_addresses: '127.0.0.1', port: String(await freePort()) }
  const settings = {
    ...address,
    unix_socket_permissions: '0700',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    ...options.settings,
  }
  const child = spawn(
    programIn(binaries, 'postgres'),
    ['-D', place.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...runAs(place), detached: true, stdio: ['ignore', logFile.fd, logFile.fd], windowsHide: true },
  )
  const spawned = once(child, 'spawn')
  let failed: unknown
  child.on('error', (error) => (failed = error))
  child.unref()
  await spawned.catch(() => undefined)
  await logFile.close()
  if (failed !== undefined || child.pid === undefined) {
    throw new PostgresError('no_server', `PostgreSQL cannot be run: ${String(failed)}`, failed)
  }
  try {
    return await untilReady(place, child.pid, log)
  } catch (error) {
    if (isRunning(child.pid)) throw error
    await removeSocketFolder(address.unix_socket_directories)
    const said = (await readFile(logPath)).subarray(logStart).toString('utf8').trim()
    throw new PostgresError('no_server', `PostgreSQL did not start (its log is ${logPath}):\n${said}`, error)
  }
}

/** Waits until the server takes connections; after a crash it first reads its log again, which can take a while. */
async function untilReady(place: Place, pid: number, log: Logger): Promise<Postmaster> {
  const begun = performance.now()
  let saidAt = begun
  while (isRunning(pid)) {
    const found = await findPostmaster(place.data)
    if (found?.pid === pid && found.status === 'ready') return found
    const now = performance.now()
    if (now - begun > givenUpMs) throw notAnswering(place, pid)
    if (now - saidAt > slowMs) {
      log.info('PostgreSQL is still recovering', { durationMs: Math.round(now - begun) })
      saidAt = now
    }
    await sleep(5)
  }
  throw new PostgresError('no_server', 'PostgreSQL ended before it was ready')
}

/** Stops the server as soon as running statements can be abandoned; everything acknowledged is on disk. */
export async function stopServer(place: Place, binaries: Binaries, log: Logger): Promise<void> {
  const found = await findPostmaster(place.data)
  if (!found) return
  if (process.platform === 'win32') {
    const parameters = ['stop', '-D', place.data, '-m', 'fast', '-w']
    await once(spawn(programIn(binaries, 'pg_ctl'), parameters, { ...runAs(place), stdio: 'ignore' }), 'close')
  } else {
    process.kill(found.pid, 'SIGINT')
  }
  if (!(await hasEnded(found.pid, 60_000))) {
    log.warn('PostgreSQL needs long to stop, and is left to it', { serverProcess: found.pid })
    return
  }
  await removeSocketFolder(found.socketFolder)
}

function notAnswering(place: Place, pid: number): PostgresError {
  return new PostgresError(
    'no_server',
    `A PostgreSQL (process ${pid}) holds ${place.data} but takes no connections. Look into ` +
      `${join(place.home, 'server.log')}; end that process, then start again.`,
  )
}

async function openLog(place: Place, path: string) {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size > maxLogBytes) await rename(path, `${path}.1`)
  const file = await open(path, 'a', 0o600)
  giveToOwnerOf(place.home, path)
  return file
}

/**
 * A folder for the socket: the path of a Unix socket may have 107 bytes at most, so it is not below the data
 * directory. Only the server's user (and root) can enter it.
 */
async function makeSocketFolder({ data, user }: Place): Promise<string> {
  const uid = user?.uid ?? process.getuid?.() ?? 0
  const folder = `/tmp/yunqiao-${uid}-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`
  await mkdir(folder, { mode: 0o700 }).then(
    () => (user ? chown(folder, user.uid, user.gid) : undefined),
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    },
  )
  const found = await lstat(folder)
  if (!found.isDirectory() || found.uid !== uid) {
    throw new PostgresError(
      'unreachable',
      `${folder}, where the database's socket goes, belongs to somebody else. Have it removed.`,
    )
  }
  await chmod(folder, 0o700)
  for (const name of await readdir(folder)) await rm(join(folder, basename(name)), { force: true })
  return folder
}

/** PostgreSQL has taken its socket away; where somebody put something else there, the folder stays. */
async function removeSocketFolder(folder: string): Promise<void> {
  if (folder !== '') await rmdir(folder).catch(() => undefined)
}

/** A port that is free now; one that is taken in between makes the start fail with a message that says so. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || !address) throw new PostgresError('no_server', 'No free port on 127.0.0.1')
  return address.port
}
