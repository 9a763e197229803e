import { drizzle } from 'drizzle-orm/postgres-js'
import { PgBoss } from 'pg-boss'
import type postgres from 'postgres'
import type { Database } from './client.ts'
import { applicationRole } from './roles.ts'
import * as schema from './schema/index.ts'

/** The schema that the queue keeps its tables in, away from ours: it migrates them itself. */
export const queueSchema = 'pgboss'

/** Every queue there is. A job that fails is tried again after a minute, two, four … and then every hour. */
export const queueNames = ['reminders'] as const

export type QueueName = (typeof queueNames)[number]

const minute = 60

const queueOptions = {
  // How long it is worth trying is for the work itself to say; this only has to be longer.
  retryLimit: 1000,
  retryBackoff: true,
  retryDelay: minute,
  retryDelayMax: 60 * minute,
  expireInSeconds: 15 * minute,
  // A job waits for its hour in the morning, or for a mail server, but not for weeks.
  retentionSeconds: 14 * 24 * 60 * minute,
}

/** Types whose values the queue wants as dates: date, timestamp, timestamp with time zone. */
const dateTypes = [1082, 1114, 1184]

/**
 * How the queue speaks to the database: over a pool of ours. It was written for another driver, which takes dates and
 * objects as parameters and gives dates back; ours, as Drizzle sets it up, has text for all of these.
 */
export function queueOver(database: Pick<Database, '$client'>) {
  return {
    async executeSql(text: string, values: unknown[] = []) {
      const sent = values.map(asText) as postgres.ParameterOrJSON<never>[]
      const sql = database.$client
      const result = opensTransaction.test(text) ? await onOneConnection(sql, text) : await sql.unsafe(text, sent)
      // Of several statements at once the driver gives a list of results, and the queue wants the rows of all.
      const several = result as unknown as readonly postgres.RowList<postgres.Row[]>[]
      return { rows: several.some((one) => Array.isArray(one)) ? several.flatMap(rowsOf) : rowsOf(result) }
    },
  }
}

function rowsOf(result: postgres.RowList<postgres.Row[]>): Record<string, unknown>[] {
  const columns = (result.columns as typeof result.columns | undefined) ?? []
  const dates = columns.filter(({ type }) => dateTypes.includes(type)).map(({ name }) => name)
  return dates.length === 0 ? [...result] : result.map((row) => withDates(row, dates))
}

/** Its housekeeping sends whole transactions as one text, without parameters. */
const opensTransaction = /^\s*begin\b/i

/** Several statements with a transaction of their own: on a connection that nobody else has meanwhile. */
async function onOneConnection(sql: postgres.Sql, text: string) {
  const connection = await sql.reserve()
  try {
    return await connection.unsafe(text)
  } catch (error) {
    await connection.unsafe('rollback')
    throw error
  } finally {
    connection.release()
  }
}

function asText(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
  return isPlain ? JSON.stringify(value) : value
}

function withDates(row: postgres.Row, names: readonly string[]): Record<string, unknown> {
  const dated = names.map((name) => {
    const value = row[name] as unknown
    return [name, typeof value === 'string' ? new Date(value) : value] as const
  })
  return { ...row, ...Object.fromEntries(dated) }
}

/**
 * Makes or migrates the queue's tables and its queues, and lets the application use them. The caller holds the lock
 * of migrations. Done already, it asks two questions and does nothing.
 */
export async function installQueue(owner: postgres.Sql): Promise<void> {
  const boss = new PgBoss({
    db: queueOver(drizzle(owner, { schema })),
    schema: queueSchema,
    supervise: false,
    schedule: false,
    reindex: false,
  })
  // What goes wrong is thrown as well; without a listener it would end the process.
  boss.on('error', () => undefined)
  await boss.start()
  try {
    for (const name of queueNames) if ((await boss.getQueue(name)) === null) await boss.createQueue(name, queueOptions)
  } finally {
    await boss.stop({ graceful: false })
  }
  await owner`grant usage on schema ${owner(queueSchema)} to ${owner(applicationRole)}`
  await owner`grant select, insert, update, delete on all tables in schema ${owner(queueSchema)} to ${owner(applicationRole)}`
  await owner`grant usage on all sequences in schema ${owner(queueSchema)} to ${owner(applicationRole)}`
}
