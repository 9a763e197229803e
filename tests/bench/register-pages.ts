import { Agent, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { BenchRow } from './rows.ts'

const concurrentUsers = 8
const callsPerUser = 25
const budgetMs = 60

/** How long somebody looks at a page before asking for the next: from a half to three halves of it. */
const readingMs = 400

/** Where pages are asked for, and as whom. */
export interface SignedIn {
  readonly origin: string
  readonly cookie: string
}

const agent = new Agent({ keepAlive: true, maxSockets: concurrentUsers })

/** A whole page as a browser gets it, to its last byte. @throws Error for any answer but 200 */
function get({ origin, cookie }: SignedIn, path: string): Promise<number> {
  const headers = { cookie, 'accept-encoding': 'gzip, deflate, br' }
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}${path}`, { agent, headers }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length))
      answer.on('error', reject)
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(bytes)
        else reject(new Error(`${path} was answered with ${answer.statusCode}`))
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** How the eight ask: as people who look at a page first, or as fast as they are answered (which has no budget). */
export type Pace = 'reading' | 'hurried'

/** Pages for eight people at once. */
export async function measurePages(
  signedIn: SignedIn,
  what: string,
  pathOf: (call: number) => string,
  pace: Pace = 'reading',
): Promise<BenchRow> {
  for (let call = 0; call < concurrentUsers; call += 1) await get(signedIn, pathOf(call))
  const times: number[] = []
  let call = 0
  const user = async () => {
    for (let n = 0; n < callsPerUser; n += 1) {
      if (pace === 'reading') await setTimeout(readingMs * (0.5 + Math.random()))
      const start = performance.now()
      await get(signedIn, pathOf((call += 1)))
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: concurrentUsers }, user))
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN
  const [median, p99] = [at(0.5), at(0.99)]
  const isReading = pace === 'reading'
  return {
    what: `register of 100,000: ${what}${isReading ? '' : ', asked for without a pause'}`,
    measured: `p50 ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
    budget: isReading ? `p99 ≤ ${budgetMs} ms` : '',
    isWithin: !isReading || p99 <= budgetMs,
  }
}
