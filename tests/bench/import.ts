import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '#platform/config.ts'
import type { BenchRow } from './rows.ts'

/** A run of `import-process.ts`, in a process and a data folder of its own. */
interface Run {
  readonly seconds: number
  readonly added: number
  /** Resident memory at most, after the first tenth of the rows and after all of them. */
  readonly early: number
  readonly peak: number
}

const megabyte = 1024 * 1024
const budgetSeconds = 20

/** A spreadsheet of 10,000 rows and one of 100,000: read, checked and committed. */
export async function benchImport(): Promise<BenchRow[]> {
  const small = await run(10_000)
  const large = await run(100_000)
  const growth = (large.peak - small.peak) / megabyte
  return [
    {
      what: 'import of 10,000 rows (XLSX)',
      measured: `${small.seconds.toFixed(1)} s, ${(small.peak / megabyte).toFixed(0)} MB`,
      budget: `≤ ${budgetSeconds} s`,
      isWithin: small.seconds <= budgetSeconds && small.added === 10_000,
    },
    {
      what: 'import of 100,000 rows (XLSX)',
      measured: `${large.seconds.toFixed(1)} s, ${(large.peak / megabyte).toFixed(0)} MB (${growth.toFixed(0)} MB more)`,
      budget: 'flat memory: ≤ 100 MB more than for 10,000',
      isWithin: growth <= 100 && large.added === 100_000,
    },
  ]
}

async function run(rows: number): Promise<Run> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yunqiao-bench-import-'))
  try {
    const { stdout, status } = spawnSync(process.execPath, ['tests/bench/import-process.ts', String(rows)], {
      cwd: projectRoot,
      env: { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`the import of ${rows} rows ended with ${status}`)
    return JSON.parse(stdout) as Run
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
