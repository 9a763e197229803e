import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { connect } from '#db/client.ts'
import type { Logger } from '#platform/log.ts'
import { acquirePrivateServer, type PrivateOptions, type PrivateServer } from '#platform/postgres/private.ts'
import { findPostmaster } from '#platform/postgres/postmaster.ts'
import type { Holder } from './holding.ts'

/** For a test file: folders and servers that are gone after each test. */
export interface ServerTests {
  /** A new folder that every user can enter. */
  folder(): string
  acquire(options: Partial<PrivateOptions> & { dataDir: string }): Promise<PrivateServer>
  /** Has a process of ours ended with the test. */
  adopt(holder: Promise<Holder>): Promise<Holder>
  /** What the servers of this test logged. */
  readonly logged: string[]
}

export function useServers(): ServerTests {
  const folders: string[] = []
  const servers: PrivateServer[] = []
  const holders: Holder[] = []
  const logged: string[] = []
  const note = (message: string) => void logged.push(message)
  const log: Logger = { debug: note, info: note, warn: note, error: note, child: () => log }

  afterEach(async () => {
    for (const holder of holders.splice(0)) await holder.kill()
    for (const server of servers.splice(0)) await server.release()
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    logged.length = 0
  })

  return {
    logged,
    folder() {
      const folder = mkdtempSync(join(tmpdir(), 'yunqiao-place-'))
      chmodSync(folder, 0o755)
      folders.push(folder)
      return folder
    },
    async acquire(options) {
      const server = await acquirePrivateServer({ log, ...options })
      servers.push(server)
      return server
    },
    async adopt(starting) {
      const holder = await starting
      holders.push(holder)
      return holder
    },
  }
}

/** The process id of the server that runs on this place's data; undefined where none does. */
export async function serverPid({ place }: Pick<PrivateServer, 'place'>): Promise<number | undefined> {
  return (await findPostmaster(place.data))?.pid
}

/** Asks the server one question, over a connection of its own. */
export async function ask(server: PrivateServer, question: string): Promise<unknown> {
  const sql = connect(server.target, { as: 'owner', max: 1 })
  try {
    const [row] = await sql.unsafe(question)
    return row ? Object.values(row)[0] : undefined
  } finally {
    await sql.end()
  }
}
