import { Agent, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'

/** People who read pages of a site, each a browser with pauses for reading. */

/** How long somebody looks at a page before asking for the next: from a half to three halves of it. */
const readingMs = 400

export const pauseToRead = (): Promise<void> => setTimeout(readingMs * (0.5 + Math.random()))

/** As many as ask at once, and no more. */
export const readers = 8

const agent = new Agent({ keepAlive: true, maxSockets: readers })

/** A whole page as a browser gets it, to its last byte; returns its bytes. @throws Error for any answer but 200 */
export function getPage(origin: string, path: string, cookie?: string): Promise<number> {
  const headers = { 'accept-encoding': 'gzip, deflate, br', ...(cookie !== undefined && { cookie }) }
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

/** The value below which a part of all lies, of values in any order. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
