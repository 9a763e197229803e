import { type ConnectionTarget, type Database, openDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { type Clock, systemClock } from '#platform/clock.ts'
import { type Config, loadConfig } from '#platform/config.ts'
import { createLogger, type Logger } from '#platform/log.ts'
import { type Mailer, openMailer } from '#platform/mail/mailer.ts'
import { acquirePostgres } from '#platform/postgres/index.ts'
import { createSessions, type Sessions } from '#platform/sessions/sessions.ts'
import { givenIdentity, openSigner, type Signer } from '#platform/signing/signer.ts'
import { openStorage } from '#platform/storage/open.ts'
import type { Storage } from '#platform/storage/storage.ts'

/** What a process builds once and hands to everything it runs. Queries and commands name the parts that they use. */
export interface AppContext {
  readonly config: Config
  readonly clock: Clock
  readonly log: Logger
  readonly database: Database
  readonly sessions: Sessions
  readonly storage: Storage
  readonly mailer: Mailer
  readonly signer: Signer
  /** `config.secretKey`, for what takes its context in parts: keys the hashes of accounts and addresses. */
  readonly secretKey: string
  /** Where the database is, for connections of a kind of their own (LISTEN). */
  readonly databaseTarget: ConnectionTarget
  /** Closes what was opened, PostgreSQL last. */
  close(): Promise<void>
}

export interface ContextOptions {
  readonly config?: Config
  readonly clock?: Clock
  readonly log?: Logger
  /** Connections to the database at most. */
  readonly maxConnections?: number
}

/**
 * Builds the context of a process: configuration, PostgreSQL (started where it is the private one), migrations, pool.
 * @throws ConfigError (SigningError among them), PostgresError, MigrationError: each with a message that says what to do.
 */
export async function openContext(options: ContextOptions = {}): Promise<AppContext> {
  const config = options.config ?? loadConfig()
  const clock = options.clock ?? systemClock
  const log = options.log ?? createLogger({ level: config.logLevel })
  const given = await givenIdentity(config, clock)
  const storage = await openStorage(config)
  const server = await acquirePostgres(config, log)
  try {
    const applied = await migrateDatabase(server.target)
    if (applied > 0) log.info('the database was migrated', { migrations: applied })
  } catch (error) {
    await server.release()
    throw error
  }
  const max = options.maxConnections
  const mailer = openMailer(config)
  const { database, close } = openDatabase(server.target, max === undefined ? {} : { max })
  return {
    config,
    clock,
    log,
    database,
    sessions: createSessions({ database, clock, baseUrl: config.baseUrl }),
    storage,
    mailer,
    signer: openSigner({ database, clock, log, config }, given),
    secretKey: config.secretKey,
    databaseTarget: server.target,
    async close() {
      await mailer.close()
      await close()
      await server.release()
    },
  }
}
