import { startProcess } from '#tests/integration/http/process.ts'
import { type BenchRow, median } from './rows.ts'

const rounds = 25
const budgetMs = 100
const bytes = 5 * 1024 * 1024

/**
 * A file of 5 MB given to the verification page, until the whole page is there: a brief that was added to, whose every
 * part is looked up, and one that carries a code of ours and is another.
 */
export async function benchVerify(): Promise<BenchRow[]> {
  const site = await startProcess({ LOG_LEVEL: 'warn' })
  try {
    const brief = Buffer.from(await (await site.get('/en/briefs/partners/chiang-mai-university.pdf')).arrayBuffer())
    const filler = Buffer.alloc(bytes - brief.length, 'stream of a picture \n')
    const files = [
      ['a brief that was added to', Buffer.concat([brief, filler])],
      ['an altered brief', Buffer.concat([brief.subarray(0, brief.length - 6), filler, brief.subarray(-6)])],
    ] as const
    const rows: BenchRow[] = []
    for (const [what, file] of files) {
      const times: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const before = performance.now()
        await send(site.origin, file)
        times.push(performance.now() - before)
      }
      const took = median(times)
      rows.push({
        what: `verification of a file of 5 MB, ${what}`,
        measured: `${took.toFixed(0)} ms`,
        budget: `≤ ${budgetMs} ms`,
        isWithin: took <= budgetMs,
      })
    }
    return rows
  } finally {
    await site.remove()
  }
}

async function send(origin: string, file: Buffer): Promise<void> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(file)], { type: 'application/pdf' }), 'brief.pdf')
  const response = await fetch(`${origin}/en/verify`, { method: 'POST', body: form, headers: { Origin: origin } })
  const page = await response.text()
  if (response.status !== 200 || !page.includes('/en/verify/'))
    throw new Error(`the file was answered with ${response.status}`)
}
