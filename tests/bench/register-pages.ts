import { getPage, pauseToRead, percentile, readers } from './readers.ts'
import type { BenchRow } from './rows.ts'

const callsPerUser = 25
const budgetMs = 60

/** Where pages are asked for, and as whom. */
export interface SignedIn {
  readonly origin: string
  readonly cookie: string
}

/** How the eight ask: as people who look at a page first, or as fast as they are answered (which has no budget). */
export type Pace = 'reading' | 'hurried'

/** Pages for eight people at once. */
export async function measurePages(
  { origin, cookie }: SignedIn,
  what: string,
  pathOf: (call: number) => string,
  pace: Pace = 'reading',
): Promise<BenchRow> {
  for (let call = 0; call < readers; call += 1) await getPage(origin, pathOf(call), cookie)
  const times: number[] = []
  let call = 0
  const user = async () => {
    for (let n = 0; n < callsPerUser; n += 1) {
      if (pace === 'reading') await pauseToRead()
      const start = performance.now()
      await getPage(origin, pathOf((call += 1)), cookie)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: readers }, user))
  const [median, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
  const isReading = pace === 'reading'
  return {
    what: `register of 100,000: ${what}${isReading ? '' : ', asked for without a pause'}`,
    measured: `p50 ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
    budget: isReading ? `p99 ≤ ${budgetMs} ms` : '',
    isWithin: !isReading || p99 <= budgetMs,
  }
}
