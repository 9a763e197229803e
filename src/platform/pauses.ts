import { setImmediate } from 'node:timers/promises'

/** Work of the main thread that takes longer is interrupted, so that the pages of the site are answered meanwhile. */
const longestMs = 15

/** Lets others go on, where nobody else had the thread for a while; to be awaited between small pieces of long work. */
export function pauses(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < longestMs) return
    await setImmediate()
    since = performance.now()
  }
}
