import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { connect } from '#db/client.ts'
import { agreementMilestones, agreements, auditChanges, auditEvents, hubSettings } from '#db/schema/index.ts'
import { refreshOutdatedTokens } from '#features/agreements/search-steps.ts'
import { loadContentIfEmpty } from '#features/content/commands.ts'
import { fillWithSample } from '#features/sample/commands.ts'
import { sealAudit } from '#platform/audit/seal.ts'
import { loadConfig, projectRoot } from '#platform/config.ts'
import { type AppContext, openContext } from '#platform/context.ts'
import { createLogger } from '#platform/log.ts'

/** The size of a register that has been kept for decades, and what hangs on it at least. */
export const registerSize = 100_000
const leastMilestones = 300_000
const leastAuditRows = 1_000_000

export interface BenchRegister {
  readonly context: AppContext
  readonly dataDir: string
}

/** A register of that size, in a folder of its own that is kept for the next time (`BENCH_DATA_DIR`). */
export async function openBenchRegister(): Promise<BenchRegister> {
  const dataDir = process.env['BENCH_DATA_DIR'] ?? join(tmpdir(), 'yunqiao-bench-register')
  mkdirSync(dataDir, { recursive: true })
  const { DATABASE_URL: _, BASE_URL: __, ...env } = process.env
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
  // The server would do it in the background, while it is measured.
  await sealAudit(context.database, context.clock)
  while ((await context.database.transaction((tx) => refreshOutdatedTokens(tx, 500))) > 0);
  const owner = connect(context.databaseTarget, { as: 'owner', max: 1 })
  await owner`vacuum analyze`
  await owner.end()
  await checkSize(context, dataDir)
  return { context, dataDir }
}

/** @throws Error where the folder holds less than what is to be measured. */
async function checkSize({ database }: AppContext, dataDir: string): Promise<void> {
  const [found] = await database
    .select({
      agreements: sql<number>`(select count(*)::int from ${agreements} where ${agreements.origin} = 'office')`,
      milestones: sql<number>`(select count(*)::int from ${agreementMilestones})`,
      events: sql<number>`(select count(*)::int from ${auditEvents})`,
      changes: sql<number>`(select count(*)::int from ${auditChanges})`,
    })
    .from(sql`(values (1)) as one`)
  const { events = 0, changes = 0, ...held } = found ?? { agreements: 0, milestones: 0 }
  const said = `${held.agreements} agreements, ${held.milestones} milestones, ${events} events and ${changes} changes in the audit`
  process.stderr.write(`  ${said}\n`)
  if (held.agreements < registerSize || held.milestones < leastMilestones || changes < leastAuditRows) {
    throw new Error(`${dataDir} holds ${said}: empty it, and it is filled anew`)
  }
}
