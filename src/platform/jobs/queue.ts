import { type JobResult, PgBoss } from 'pg-boss'
import type { Database } from '#db/client.ts'
import { type QueueName, queueOver, queueSchema } from '#db/queue.ts'
import type { Logger } from '#platform/log.ts'

/** Work that waits in the database for its time, whichever process then does it. */
export interface JobQueue {
  /**
   * Puts jobs on a queue, each once: one whose id is there already is left as it is.
   * @param notBefore the instant from which each may be done
   */
  add(name: QueueName, jobs: readonly { readonly id: string; readonly notBefore: Temporal.Instant }[]): Promise<void>
  /** Does the jobs of a queue, one after the other, each at least once. One that throws comes again, later and later. */
  work(name: QueueName, run: (id: string) => Promise<void>): Promise<void>
  /** Waits for the job under way, and takes no more. */
  stop(): Promise<void>
}

const seconds = 1000
const jobsAtOnce = 10

/** Opens the queue over the application's own pool. Its tables were made with the migrations. */
export async function openQueue(database: Database, log: Logger): Promise<JobQueue> {
  const boss = new PgBoss({
    db: queueOver(database),
    schema: queueSchema,
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
  })
  boss.on('error', (error) => log.error('the queue had an error', { error }))
  await boss.start()
  return {
    async add(name, jobs) {
      if (jobs.length === 0) return
      await boss.insert(
        name,
        jobs.map(({ id, notBefore }) => ({ id, startAfter: new Date(notBefore.epochMilliseconds) })),
      )
    },
    async work(name, run) {
      const options = {
        pollingIntervalSeconds: 5,
        batchSize: jobsAtOnce,
        burstWhenBatchFull: true,
        perJobResults: true,
      } as const
      await boss.work(name, options, async (jobs) => {
        const results: JobResult[] = []
        for (const { id } of jobs) {
          const failed = await run(id).then(
            () => undefined,
            (error: unknown) => error,
          )
          results.push(
            failed === undefined ? { id, status: 'completed' } : { id, status: 'failed', output: describe(failed) },
          )
        }
        return results
      })
    },
    stop: () => boss.stop({ graceful: true, timeout: 60 * seconds }),
  }
}

/** What the queue keeps of a failure: the log and the work's own records say the rest. */
const describe = (error: unknown) => ({ message: error instanceof Error ? error.message.slice(0, 500) : 'failed' })
