import type { ConnectionTarget } from '#db/client.ts'
import type { Config } from '#platform/config.ts'
import type { Logger } from '#platform/log.ts'
import { externalServer } from './external.ts'
import { acquirePrivateServer } from './private.ts'

export { PostgresError } from './errors.ts'

/** A PostgreSQL to work on, for as long as it is held. */
export interface PostgresServer {
  /** What `openDatabase` and `migrateDatabase` take. */
  readonly target: ConnectionTarget
  /** To be called when everything that was opened on it is closed; a private server is stopped by its last holder. */
  release(): Promise<void>
}

/**
 * The server of this configuration: the one that DATABASE_URL names, else the private one of the data directory,
 * which is made and started where needed and may be held by several processes at once.
 * @throws PostgresError whose message says what is wrong and what to do.
 */
export async function acquirePostgres(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  log: Logger,
): Promise<PostgresServer> {
  if (config.databaseUrl === undefined) return acquirePrivateServer({ dataDir: config.dataDir, log })
  return { target: await externalServer(config.databaseUrl), release: () => Promise.resolve() }
}
