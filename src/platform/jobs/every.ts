import type { Logger } from '#platform/log.ts'

/** Work that is done again and again. */
export interface Job {
  /** Waits for a round under way, and begins no more. */
  stop(): Promise<void>
}

/** Runs `work` now and then every `intervalMs`, never twice at once. A failure is logged and the next round comes. */
export function every(intervalMs: number, name: string, work: () => Promise<unknown>, log: Logger): Job {
  let round: Promise<unknown> | undefined
  const run = () => {
    round ??= work()
      .catch((error: unknown) => log.error('a job failed', { job: name, error }))
      .finally(() => {
        round = undefined
      })
  }
  run()
  const timer = setInterval(run, intervalMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await round
    },
  }
}
