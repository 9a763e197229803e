import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type ExportContents, exportFormats } from '#features/agreement-exports/model.ts'
import type { BenchRow } from './rows.ts'
import { openBenchRegister } from './register-data.ts'

const growthMb = 64

interface Run {
  readonly count: number
  readonly tookMs: number
  readonly sizeMb: number
  readonly residentMb: number
  readonly firstMb: number
}

/** The whole register of 100,000 in each format, each by a process of its own: how long it takes, and in what memory. */
export async function benchExport(): Promise<BenchRow[]> {
  const { context } = await openBenchRegister()
  try {
    const rows: BenchRow[] = []
    // Of the public part the sample has some hundreds only: everything is what takes time.
    for (const format of exportFormats) rows.push(await measure(context.config.dataDir, format, 'all'))
    return rows
  } finally {
    await context.close()
  }
}

async function measure(dataDir: string, format: string, contents: ExportContents): Promise<BenchRow> {
  const { DATABASE_URL: _, ...env } = process.env
  const script = fileURLToPath(new URL('export-process.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, format, contents], {
    env: { ...env, DATA_DIR: dataDir },
  })
  const { count, tookMs, sizeMb, residentMb, firstMb } = JSON.parse(stdout) as Run
  const growth = residentMb - firstMb
  return {
    what: `export of ${count.toLocaleString('en')} agreements: ${format}, ${contents}`,
    measured: `${(tookMs / 1000).toFixed(1)} s, ${sizeMb.toFixed(0)} MB; resident ${residentMb.toFixed(0)} MB at most, ${firstMb.toFixed(0)} MB in the first tenth`,
    budget: `flat: ≤ ${growthMb} MB more`,
    isWithin: growth <= growthMb,
  }
}
