import { once } from 'node:events'
import { acquirePrivateServer } from '#platform/postgres/private.ts'
import { PostgresError } from '#platform/postgres/errors.ts'
import type { Logger } from '#platform/log.ts'

/**
 * A process that holds a lease on the private server of a data directory, for tests that need another process or
 * another user: `holder.ts DATA_DIR [BINARIES MAJOR_VERSION]`. It answers with one line of JSON, and gives the lease
 * back when its input ends. Needs no package, so that it runs from a copy that any user can read.
 */
export type HolderAnswer =
  | { readonly held: true; readonly serverHome: string }
  | { readonly held: false; readonly problem: string; readonly message: string }

const ignore = () => undefined
const log: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore, child: () => log }
const answer = (value: HolderAnswer) => process.stdout.write(`${JSON.stringify(value)}\n`)

const [dataDir = '', folder, majorVersion] = process.argv.slice(2)

try {
  const server = await acquirePrivateServer({
    dataDir,
    log,
    ...(folder ? { binaries: { folder, majorVersion: Number(majorVersion) } } : {}),
  })
  answer({ held: true, serverHome: server.place.home })
  process.stdin.resume()
  await once(process.stdin, 'end')
  await server.release()
} catch (error) {
  if (!(error instanceof PostgresError)) throw error
  answer({ held: false, problem: error.problem, message: error.message })
}
