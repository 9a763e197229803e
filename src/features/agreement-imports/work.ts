import type { Actor } from '#features/accounts/model.ts'
import type { Logger } from '#platform/log.ts'
import { workImport, type WorkContext } from './work-commands.ts'

/** How long an answer waits for the work, so that small files need no second page. */
const patienceMs = 2500

/**
 * Begins what a batch waits for and leaves it to itself after a moment; its progress is on record. Returns how many
 * agreements were added, or undefined where it goes on.
 */
export async function beginWork(
  context: WorkContext & { readonly log: Logger },
  actor: Actor,
  what: { readonly id: string; readonly commit: boolean },
): Promise<number | undefined> {
  const work = workImport(context, actor, what)
  let isLeft = false
  work.catch((error: unknown) => {
    if (isLeft) context.log.error('an import broke off', { import: what.id, error })
  })
  let timer: NodeJS.Timeout | undefined
  const moment = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patienceMs, undefined)
  })
  try {
    return await Promise.race([work, moment])
  } finally {
    isLeft = true
    clearTimeout(timer)
  }
}
