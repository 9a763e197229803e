import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (options?: { readonly type: 'minor' | 'major' }) => void

const oldBytes = () =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space')?.space_used_size ?? Number.NaN

/**
 * Bytes by which the old generation grows while something is done many times, with nothing but small collections: what
 * they leave there waits for a full one, which holds up everybody.
 */
export async function oldGenerationGrowth(times: number, work: () => unknown): Promise<number> {
  for (let n = 0; n < times; n += 1) await work()
  collect()
  const before = oldBytes()
  for (let n = 0; n < times; n += 1) {
    await work()
    if (n % 10 === 9) collect({ type: 'minor' })
  }
  // What survives two of them has moved to the old generation.
  collect({ type: 'minor' })
  collect({ type: 'minor' })
  return oldBytes() - before
}
