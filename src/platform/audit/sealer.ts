import type { Database } from '#db/client.ts'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/log.ts'
import { sealAudit } from './seal.ts'

export interface Sealer {
  /** Seals soon: call it after a commit. Calls that come while it works are answered by one more round. */
  poke(): void
  /** Finishes the round under way and seals no more. */
  stop(): Promise<void>
}

export interface SealerOptions {
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  /** How often it looks by itself, for what other processes wrote and for what had to wait; 5 s when unset. */
  readonly intervalMs?: number
}

/** Seals the audit trail right after commits and on a timer. A failure is logged and tried again at the next tick. */
export function startSealer({ database, clock, logger, intervalMs = 5_000 }: SealerOptions): Sealer {
  let stopped = false
  let again = false
  let round: Promise<void> | undefined

  const isWanted = () => again && !stopped

  const seal = async () => {
    do {
      again = false
      try {
        await sealAudit(database, clock)
      } catch (error) {
        logger.error('the audit trail could not be sealed', { error })
      }
    } while (isWanted())
    round = undefined
  }
  const poke = () => {
    if (stopped) return
    again = true
    round ??= seal()
  }
  const timer = setInterval(poke, intervalMs)
  timer.unref()
  return {
    poke,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await round
    },
  }
}
