import { getPage, pauseToRead, percentile, readers } from './readers.ts'
import type { BenchRow } from './rows.ts'

const budgetMs = 60

/** How often each of the eight opens each page. */
const readings = 25
const hurriedReadings = 25

/** Where pages are asked for, and as whom. */
export interface SignedIn {
  readonly origin: string
  readonly cookie: string
}

/** A page, or one of many like it: what to call it, and the path of each call. */
export interface Page {
  readonly name: string
  readonly pathOf: (call: number) => string
}

/**
 * Pages for eight people at once who read different ones: each opens all of them in an order of their own, looks at what
 * came, and begins again. A moment in which the machine is held up so falls upon many pages, and not upon one.
 */
export async function measureReading({ origin, cookie }: SignedIn, pages: readonly Page[]): Promise<BenchRow[]> {
  const times = new Map<Page, number[]>(pages.map((page) => [page, []]))
  const calls = new Map<Page, number>()
  const open = async (page: Page) => {
    const call = (calls.get(page) ?? 0) + 1
    calls.set(page, call)
    const start = performance.now()
    await getPage(origin, page.pathOf(call), cookie)
    return performance.now() - start
  }
  // Once for the plans of the database, once for what the process keeps.
  for (const page of [...pages, ...pages]) await open(page)
  await together(async () => {
    for (let n = 0; n < readings; n += 1) {
      for (const page of shuffled(pages)) {
        await pauseToRead()
        times.get(page)?.push(await open(page))
      }
    }
  })
  return [
    ...[...times].map(([{ name }, ms]) => rowOf(name, ms, true)),
    rowOf('all of these, whichever is opened', [...times.values()].flat(), true),
  ]
}

/** The same page as fast as the eight are answered, which has no budget. */
export async function measureHurried({ origin, cookie }: SignedIn, { name, pathOf }: Page): Promise<BenchRow> {
  const times: number[] = []
  let call = 0
  await together(async () => {
    for (let n = 0; n < hurriedReadings; n += 1) {
      const start = performance.now()
      await getPage(origin, pathOf((call += 1)), cookie)
      times.push(performance.now() - start)
    }
  })
  return rowOf(`${name}, asked for without a pause`, times, false)
}

async function together(read: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: readers }, read))
}

function rowOf(what: string, times: readonly number[], isReading: boolean): BenchRow {
  const [median, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
  return {
    what: `register of 100,000: ${what}`,
    measured: `p50 ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
    budget: isReading ? `p99 ≤ ${budgetMs} ms` : '',
    isWithin: !isReading || p99 <= budgetMs,
  }
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const order = items.map((item) => ({ item, at: Math.random() }))
  return order.sort((one, other) => one.at - other.at).map(({ item }) => item)
}
