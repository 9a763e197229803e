import { PgBoss } from 'pg-boss'
import type postgres from 'postgres'
import { applicationRole } from './roles.ts'

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

/** How the queue speaks to the database: over a pool of ours. */
export function queueOver(sql: postgres.Sql) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => ({
      rows: [...(await sql.unsafe(text, values as postgres.ParameterOrJSON<never>[]))],
    }),
  }
}

/**
 * Makes or migrates the queue's tables and its queues, and lets the application use them. The caller holds the lock
 * of migrations. Done already, it asks two questions and does nothing.
 */
export async function installQueue(owner: postgres.Sql): Promise<void> {
  const boss = new PgBoss({
    db: queueOver(owner),
    schema: queueSchema,
    supervise: false,
    schedule: false,
    reindex: false,
  })
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
