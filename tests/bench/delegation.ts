import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { delegationDocument } from '#features/delegations/document.ts'
import { issueBrief } from '#features/issued-briefs/issue.ts'
import { loadContentIfEmpty } from '#features/content/commands.ts'
import { publishedShelves } from '#features/publications/queries.ts'
import type { SelectionItem } from '#features/selections/model.ts'
import { loadConfig, projectRoot } from '#platform/config.ts'
import { openContext } from '#platform/context.ts'
import { createLogger } from '#platform/log.ts'
import { closeDocuments, pageCount, renderDocument } from '#platform/pdf/document.ts'
import { benchDelegationLoad } from './delegation-load.ts'
import { type BenchRow, median } from './rows.ts'

const rounds = 9
const wantedPages = 40

/** Delegations' briefs: one by itself, and the site's pages while many are made. */
export async function benchDelegation(): Promise<BenchRow[]> {
  return [await oneBrief(), ...(await benchDelegationLoad())]
}

/** A delegation's brief of the launch content, in two languages: read from the database, laid out, signed and registered, warm. */
async function oneBrief(): Promise<BenchRow> {
  const dataDir = join(process.env['BENCH_DATA_DIR'] ?? tmpdir(), 'yunqiao-bench-briefs')
  mkdirSync(dataDir, { recursive: true })
  const { DATABASE_URL: _, BASE_URL: __, ...env } = process.env
  const config = loadConfig({ ...env, DATA_DIR: dataDir })
  const context = await openContext({ config, log: createLogger({ level: 'warn' }), maxConnections: 8 })
  try {
    await loadContentIfEmpty(context, `${projectRoot}/content`)
    const { partner, lab } = await publishedShelves(context.database)
    const all: SelectionItem[] = [
      ...partner.records.map(({ recordId }) => ({ kind: 'partner', id: recordId }) as const),
      ...lab.records.map(({ recordId }) => ({ kind: 'lab', id: recordId }) as const),
    ]
    const make = async (count: number) => {
      const items = all.slice(0, count)
      const order = {
        kind: 'delegation',
        title: 'Bench',
        startsOn: null,
        endsOn: null,
        languages: ['zh', 'th'],
        items,
      } as const
      const { document } = await delegationDocument(context, order, undefined)
      const { bytes } = await issueBrief(
        context,
        { kind: 'delegation', document, languages: ['zh', 'th'] },
        renderDocument,
      )
      return bytes
    }
    let count = 8
    while (pageCount(await make(count)) < wantedPages && count < all.length) count++
    const times: number[] = []
    let pages = 0
    for (let round = 0; round < rounds; round++) {
      const before = performance.now()
      pages = pageCount(await make(count))
      times.push(performance.now() - before)
    }
    const took = median(times)
    return {
      what: `${pages}-page delegation brief in zh and th, ${count} items, signed, warm`,
      measured: `${took.toFixed(0)} ms`,
      budget: '≤ 1000 ms',
      isWithin: took <= 1000,
    }
  } finally {
    await closeDocuments()
    await context.close()
  }
}
