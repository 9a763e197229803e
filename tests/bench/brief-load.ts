import { readdirSync, readFileSync } from 'node:fs'
import { locales } from '#platform/i18n/locales.ts'
import { startProcess, type SiteProcess } from '#tests/integration/http/process.ts'
import type { BenchRow } from './rows.ts'

/** People who ask for a brief at once, each for another one. */
const people = 50
const slowestPageMs = 250
const mostMemoryMb = 600

function slugs(): string[] {
  return readdirSync(new URL('../../content/partners/', import.meta.url))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()
}

/** The most memory that a process has had, its threads' included, in MB. */
function peakMb(site: SiteProcess): number {
  const status = readFileSync(`/proc/${site.child.pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/u.exec(status)?.[1]) / 1024
}

async function answered(site: SiteProcess, path: string): Promise<number> {
  const before = performance.now()
  const response = await site.get(path)
  await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}`)
  return performance.now() - before
}

/** Fifty people ask for briefs while others read pages that are rendered for them: neither may wait for the other. */
export async function benchLoad(): Promise<BenchRow[]> {
  const site = await startProcess({ LOG_LEVEL: 'warn' })
  try {
    await answered(site, '/en/partners')
    const own = slugs()
    const asked = own
      .slice(0, people)
      .map((slug, index) => `/${locales[index % locales.length]}/briefs/partners/${slug}.pdf`)
    const before = performance.now()
    let isUnderWay = true
    const briefs = Promise.all(asked.map((path) => answered(site, path))).finally(() => (isUnderWay = false))
    const pages: number[] = []
    for (let index = 0; isUnderWay; index++) {
      pages.push(await answered(site, `/${locales[index % locales.length]}/partners/${own[index % own.length]}`))
    }
    await briefs
    const tookMs = performance.now() - before
    const sorted = pages.toSorted((one, other) => one - other)
    const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
    const memory = peakMb(site)
    return [
      {
        what: `a page while ${people} people ask for briefs at once (all done in ${(tookMs / 1000).toFixed(1)} s), p50 / p99`,
        measured: `${at(0.5).toFixed(0)} ms / ${at(0.99).toFixed(0)} ms`,
        budget: `p99 ≤ ${slowestPageMs} ms`,
        isWithin: at(0.99) <= slowestPageMs,
      },
      {
        what: 'memory of the server meanwhile',
        measured: `${memory.toFixed(0)} MB`,
        budget: `≤ ${mostMemoryMb} MB`,
        isWithin: memory <= mostMemoryMb,
      },
    ]
  } finally {
    await site.remove()
  }
}
