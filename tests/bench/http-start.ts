import { startProcess } from '#tests/integration/http/process.ts'
import { type BenchRow, median } from './rows.ts'

const rounds = 5
const budgetMs = 2_000

/** From the start of the process to its first page, over data that is there. */
export async function benchStart(dataDir: string): Promise<BenchRow> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now()
    const site = await startProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' })
    const response = await site.get('/en')
    await response.text()
    times.push(performance.now() - before)
    await site.remove()
    if (response.status !== 200)
      throw new Error(`the first page was answered with ${response.status}: ${site.output()}`)
  }
  const tookMs = median(times)
  return {
    what: 'start to first page, built, existing data',
    measured: `${tookMs.toFixed(0)} ms`,
    budget: `≤ ${budgetMs} ms`,
    isWithin: tookMs <= budgetMs,
  }
}
