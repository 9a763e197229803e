import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { connect } from '#db/client.ts'
import { agreements, hubSettings } from '#db/schema/index.ts'
import { loadContentIfEmpty } from '#features/content/commands.ts'
import { fillWithSample } from '#features/sample/commands.ts'
import { loadConfig, projectRoot } from '#platform/config.ts'
import { type AppContext, openContext } from '#platform/context.ts'
import { createLogger } from '#platform/log.ts'

/** The size of a register that has been kept for decades. */
export const registerSize = 100_000

/** A register of that size, in a folder of its own that is kept for the next time (`BENCH_DATA_DIR`). */
export async function openBenchRegister(): Promise<AppContext> {
  const dataDir = process.env['BENCH_DATA_DIR'] ?? join(tmpdir(), 'yunqiao-bench-register')
  mkdirSync(dataDir, { recursive: true })
  const { DATABASE_URL: _, ...env } = process.env
  const config = loadConfig({ ...env, DATA_DIR: dataDir })
  const context = await openContext({ config, log: createLogger({ level: 'warn' }), maxConnections: 8 })
  const [marked] = await context.database.select().from(hubSettings).where(eq(hubSettings.key, 'demonstration'))
  if (marked === undefined) {
    const onProgress = (written: number) => {
      if (written % 10_000 === 0) process.stderr.write(`  ${written} agreements\n`)
    }
    await loadContentIfEmpty(context, `${projectRoot}/content`)
    await fillWithSample({ ...context, onProgress }, { kind: 'command_line' }, { agreements: registerSize, seed: 1 })
  }
  const owner = connect(context.databaseTarget, { as: 'owner', max: 1 })
  await owner`vacuum analyze`
  await owner.end()
  const [{ n } = { n: 0 }] = await context.database.select({ n: sql<number>`count(*)::int` }).from(agreements)
  if (n < registerSize) throw new Error(`${dataDir} holds ${n} agreements: empty it, and it is filled anew`)
  return context
}
