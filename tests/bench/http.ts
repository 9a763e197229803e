import { spawnSync } from 'node:child_process'
import { startProcess } from '#tests/integration/http/process.ts'
import { benchAgainstNginx } from './http-nginx.ts'
import { benchRendering } from './http-render.ts'
import { benchStart } from './http-start.ts'
import { benchWeights } from './http-weight.ts'
import type { BenchRow } from './rows.ts'

/** Measures pages: from the cache against nginx, rendered, their weight, and the start. Takes about a minute. */
export async function benchHttp(): Promise<BenchRow[]> {
  const site = await startProcess({ LOG_LEVEL: 'warn' })
  const rows: BenchRow[] = []
  try {
    if (isInstalled('nginx', '-v') && isInstalled('wrk', '-v')) rows.push(...(await benchAgainstNginx(site)))
    else
      rows.push({
        what: 'cached page against nginx',
        measured: 'not measured: install nginx and wrk',
        budget: '≥ 0.5',
        isWithin: false,
      })
    rows.push(...(await benchWeights(site)))
    await site.stop()
    rows.push(...(await benchRendering(site.dataDir)))
    rows.push(await benchStart(site.dataDir))
  } finally {
    await site.remove()
  }
  return rows
}

function isInstalled(program: string, parameter: string): boolean {
  return spawnSync(program, [parameter]).error === undefined
}
