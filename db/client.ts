import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { preparing } from './prepared.ts'
import { applicationRole } from './roles.ts'
import * as schema from './schema/index.ts'

export { sqlState } from './errors.ts'

/** The database, as queries and commands get it. */
export type Database = PostgresJsDatabase<typeof schema> & { readonly $client: postgres.Sql }
/** A transaction of it: what `database.transaction(async (tx) => …)` hands over. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
/** For reads that do not care whether they run within a transaction. */
export type Queryable = Database | Transaction

/** Where a server is, and as whom its owner comes in. `url` is empty where `options` say everything. */
export interface ConnectionTarget {
  readonly url: string
  readonly options: postgres.Options<Record<string, postgres.PostgresType>>
}

export interface ConnectOptions {
  /**
   * `application`: the role that cannot alter or delete what the audit wrote; exists once the database is migrated.
   * `owner`: migrates, and nothing else.
   */
  readonly as: 'application' | 'owner'
  /** Connections at most; 10 when unset. */
  readonly max?: number
  /** Another database of the same server. */
  readonly database?: string
}

const seconds = 1
const minutes = 60 * seconds

/**
 * Seconds before the next attempt to connect. The driver's own grows to twenty, for which every reader would wait
 * before being told that there is no database.
 */
const shortBackoff = (attempts: number) => Math.min(0.02 * 2 ** attempts, 1)

/**
 * The application asks many small questions at once, of data that fits into memory: a plan that reads a whole table
 * with several processes, or is compiled first, helps one of them and holds up all the others.
 */
const manySmallQuestions = { max_parallel_workers_per_gather: '0', random_page_cost: '1.1', jit: 'off' } as const

/** Opens a pool. Nothing is sent before the first query. Its owner calls `end()`. */
export function connect(target: ConnectionTarget, { as, max = 10, database }: ConnectOptions): postgres.Sql {
  const options: typeof target.options = {
    max,
    connect_timeout: 30 * seconds,
    max_lifetime: 60 * minutes,
    backoff: shortBackoff,
    onnotice: () => undefined,
    ...target.options,
    ...(database === undefined ? {} : { database }),
    connection: {
      application_name: 'yunqiao',
      TimeZone: 'UTC',
      idle_in_transaction_session_timeout: 60_000,
      ...target.options.connection,
      ...(as === 'application' ? { role: applicationRole, ...manySmallQuestions } : {}),
    },
  }
  return target.url === '' ? postgres(options) : postgres(target.url, options)
}

/** An open pool and Drizzle on it. */
export interface OpenDatabase {
  readonly database: Database
  /** The driver itself, for LISTEN, COPY and advisory locks held across transactions. */
  readonly sql: postgres.Sql
  /** Lets running queries finish, for five seconds at most, and closes every connection. */
  readonly close: () => Promise<void>
}

/** Opens the database as the application. */
export function openDatabase(target: ConnectionTarget, options: Omit<ConnectOptions, 'as'> = {}): OpenDatabase {
  const sql = connect(target, { ...options, as: 'application' })
  return {
    database: drizzle(preparing(sql), { schema }),
    sql,
    close: () => sql.end({ timeout: 5 * seconds }),
  }
}
