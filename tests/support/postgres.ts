import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { connect } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { silentLogger } from '#platform/log.ts'
import type { Binaries } from '#platform/postgres/binaries.ts'
import { acquirePrivateServer } from '#platform/postgres/private.ts'
import { findPostmaster } from '#platform/postgres/postmaster.ts'
import { dataDirOf, makeScratch } from './scratch.ts'
import { workers } from './workers.ts'

/** How a worker reaches its server. */
export interface RunServer {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** A migrated database without rows, to copy. */
  readonly template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker, by its number. */
    runServers: readonly RunServer[]
  }
}

const template = 'template_migrated'

/** Nothing that tests write has to survive a power cut. */
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

/**
 * Starts a server for each worker, with a migrated database to copy: transactions are counted by server, and tests of
 * the audit's seals look at who is still writing.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const count = Math.min(workers, project.config.maxWorkers)
  const started = await Promise.all(Array.from({ length: count }, startServer))
  project.provide(
    'runServers',
    started.map(({ server }) => server),
  )
  return async () => {
    await Promise.all(started.map(({ stop }) => stop()))
  }
}

async function startServer(): Promise<{ readonly server: RunServer; readonly stop: () => Promise<void> }> {
  const scratch = await makeScratch()
  const binaries = otherBinaries()
  const server = await acquirePrivateServer({
    dataDir: dataDirOf(scratch.path),
    log: silentLogger,
    settings: fast,
    ...(binaries ? { binaries } : {}),
  })
  const owner = connect(server.target, { as: 'owner', max: 1 })
  await owner`create database ${owner(template)}`
  await owner.end()
  const { options } = server.target
  await migrateDatabase({ url: '', options: { ...options, database: template } })
  const postmaster = await findPostmaster(server.place.data)
  return {
    server: {
      host: postmaster?.socketFolder || '127.0.0.1',
      port: postmaster?.port ?? 0,
      user: String(options.user),
      password: String(options.password),
      template,
    },
    stop: async () => {
      await server.release()
      scratch.remove()
    },
  }
}

function otherBinaries(): Binaries | undefined {
  const folder = process.env['TEST_POSTGRES']
  if (folder === undefined) return undefined
  const version = execFileSync(join(folder, 'bin/postgres'), ['--version'], { encoding: 'utf8' })
  return { folder, majorVersion: Number(/(\d+)/.exec(version)?.[1]) }
}
