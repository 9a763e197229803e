import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { exportAgreements } from '#features/agreement-exports/export.ts'
import type { ExportContents, ExportFormat } from '#features/agreement-exports/model.ts'
import { loadConfig } from '#platform/config.ts'
import { openContext } from '#platform/context.ts'
import { createLogger } from '#platform/log.ts'

/**
 * A fresh process that takes the whole register out once and says how it went, as JSON: `FORMAT CONTENTS`, for the
 * database in DATA_DIR. The bytes go nowhere. Memory is the resident set, sampled.
 */
const [, , format, contents] = process.argv as [string, string, ExportFormat, ExportContents]
const context = await openContext({ config: loadConfig(), log: createLogger({ level: 'warn' }), maxConnections: 4 })
const filters = readOfficeFilters(new URLSearchParams())
const before = performance.now()
const request = { filters, format, contents, locale: 'th' } as const
const { count, open } = await exportAgreements(context, { kind: 'command_line' }, request)
let sizeBytes = 0
const samples: number[] = []
const sampler = setInterval(() => samples.push(process.memoryUsage.rss()), 50)
const sink = new Writable({
  write(chunk: Uint8Array, _encoding, done) {
    sizeBytes += chunk.length
    done()
  },
})
await pipeline(open(), sink)
clearInterval(sampler)
const tookMs = performance.now() - before
await context.close()
const tenth = samples.slice(0, Math.ceil(samples.length / 10))
const mb = (bytes: number) => bytes / 2 ** 20
const [residentMb, firstMb] = [mb(Math.max(0, ...samples)), mb(Math.max(0, ...tenth))]
process.stdout.write(`${JSON.stringify({ count, tookMs, sizeMb: mb(sizeBytes), residentMb, firstMb })}\n`)
