import { readFile } from 'node:fs/promises'
import { connect as dial, Socket } from 'node:net'
import { join } from 'node:path'
import type { Logger } from '#platform/log.ts'
import type { ConnectionTarget } from '#db/client.ts'
import { packagedBinaries, type Binaries } from './binaries.ts'
import { databaseName, ownerRole, passwordFile, prepareCluster } from './cluster.ts'
import { leasesIn, makeLockFile, withLock } from './locks.ts'
import { findPlace, type Place } from './place.ts'
import { isServing, socketOf, type Postmaster } from './postmaster.ts'
import { startServer, stopServer, type StartOptions, type Transport } from './server.ts'
import { defaultStagingRoot } from './staging.ts'

export interface PrivateOptions {
  readonly dataDir: string
  readonly log: Logger
  /** Another PostgreSQL than the packaged one. */
  readonly binaries?: Binaries
  readonly settings?: Readonly<Record<string, string>>
  readonly transport?: Transport
  readonly stagingRoot?: string
}

/** A lease on a private server. */
export interface PrivateServer {
  readonly target: ConnectionTarget
  readonly place: Place
  /** Gives the lease back; the last one to do so stops the server. Done twice, it is done once. */
  release(): Promise<void>
}

const watchIntervalMs = 1_000

/**
 * Takes a lease on the private server of a data directory, making and starting it where needed. While the lease is
 * held the server is kept running: should it die, it is started again, by whichever holder notices first.
 * @throws PostgresError where the server cannot be had.
 */
export async function acquirePrivateServer(options: PrivateOptions): Promise<PrivateServer> {
  const { dataDir, log, stagingRoot = defaultStagingRoot } = options
  const place = await findPlace(dataDir, stagingRoot, log)
  const binaries = options.binaries ?? (await packagedBinaries(place.user, stagingRoot))
  const start: StartOptions = {
    transport: options.transport ?? (process.platform === 'win32' ? 'loopback' : 'socket'),
    settings: options.settings ?? {},
  }
  const mutex = join(place.home, 'lock')
  makeLockFile(mutex, place.home)
  const leases = leasesIn(join(place.home, 'leases'))

  const waiting = () => log.info('Waiting for another process that starts or stops PostgreSQL')
  const { lease, first } = await withLock(mutex, waiting, async () => {
    await prepareCluster(place, binaries, log)
    const started = await startServer(place, binaries, start, log)
    return { lease: leases.take(), first: started }
  })

  let running: Promise<Postmaster> = Promise.resolve(first)
  let released = false

  /** The running server; started again where it died. */
  const ensure = async (): Promise<Postmaster> => {
    const known = await running.catch(() => undefined)
    if (released || (known && isServing(known))) return running
    running = withLock(mutex, waiting, () => startServer(place, binaries, start, log))
    const next = await running
    log.warn('PostgreSQL had ended and was started again', { serverProcess: next.pid })
    return next
  }
  let ensuring: Promise<Postmaster> | undefined
  const ensureOnce = () => (ensuring ??= ensure().finally(() => (ensuring = undefined)))
  const watch = setInterval(() => {
    ensureOnce().catch((error: unknown) => log.error('PostgreSQL cannot be started again', { error }))
  }, watchIntervalMs).unref()

  const password = await readFile(passwordFile(place), 'utf8')
  return {
    place,
    target: {
      url: '',
      options: {
        host: '127.0.0.1',
        database: databaseName,
        user: ownerRole,
        password,
        socket: () => socketTo(ensureOnce),
      } as ConnectionTarget['options'],
    },
    async release() {
      if (released) return
      released = true
      clearInterval(watch)
      await ensuring?.catch(() => undefined)
      await withLock(mutex, waiting, async () => {
        lease.release()
        if (leases.count() === 0) await stopServer(place, binaries, log)
      })
    },
  }
}

/** A connected socket. A failure is told by the socket, because the driver never recovers from a rejection here. */
async function socketTo(server: () => Promise<Postmaster>): Promise<Socket> {
  try {
    return await dialled(await server())
  } catch (error) {
    const failed = new Socket()
    setImmediate(() => failed.destroy(error as Error))
    return failed
  }
}

function dialled(server: Postmaster): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const path = socketOf(server)
    const socket = path === undefined ? dial({ host: '127.0.0.1', port: server.port }) : dial({ path })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
