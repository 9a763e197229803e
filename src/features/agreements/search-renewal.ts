import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#db/client.ts'
import type { Logger } from '#platform/log.ts'
import { refreshOutdatedTokens } from './search-steps.ts'

/** Few at a time: cutting their words into tokens holds up whoever else the process serves for so long. */
const documentsAtOnce = 20

/** As long as a batch takes, within these bounds: at most half of the process's time goes into it. */
const pauseMs = { least: 5, most: 500 } as const

/**
 * Makes search documents anew that an older version of the rule made, after an upgrade: a few in each transaction, with
 * pauses in which everybody else is served, beside any other process that does the same. Whatever is not made anew yet
 * is found by the older rule. Returns how many it made; where it is broken off, the next call goes on.
 */
export async function renewSearchDocuments(
  { database, log }: { readonly database: Database; readonly log: Logger },
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  let done = 0
  while (!signal.aborted) {
    const began = performance.now()
    const count = await database.transaction((tx) => refreshOutdatedTokens(tx, documentsAtOnce))
    if (count === 0) break
    done += count
    const pause = Math.min(pauseMs.most, Math.max(pauseMs.least, performance.now() - began))
    await sleep(pause, undefined, { signal }).catch(() => undefined)
  }
  if (done > 0) log.info('search documents of an older version were made anew', { agreements: done })
  return done
}
