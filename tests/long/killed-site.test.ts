import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { recordAgreement } from '#features/agreements/commands.ts'
import { sealAudit } from '#platform/audit/seal.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { loadConfig } from '#platform/config.ts'
import { type AppContext, openContext } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import { silentLogger } from '#platform/log.ts'
import { findPostmaster } from '#platform/postgres/postmaster.ts'
import { hasEnded } from '#platform/postgres/processes.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { useServers } from '#tests/support/private-server.ts'
import { type SiteProcess, startProcess } from '../integration/http/process.ts'
import { checkAcknowledged, checkAgreements, checkFiles, checkSweep, countFiles } from './site/checks.ts'
import { type Acknowledged, dawdle, mover, type Sender, type Target, uploader } from './site/senders.ts'

const servers = useServers()
const sites: SiteProcess[] = []

afterEach(async () => {
  for (const site of sites.splice(0)) await site.stop('SIGKILL')
})

/** Something done beside the server, with the data of its process. */
async function beside<Result>(dataDir: string, run: (context: AppContext) => Promise<Result>): Promise<Result> {
  const context = await openContext({ config: loadConfig({ DATA_DIR: dataDir }), log: silentLogger })
  try {
    return await run(context)
  } finally {
    await context.close()
  }
}

const agreementCount = 5

/** An officer who is signed in, and agreements in force. */
const prepare = (dataDir: string) =>
  beside(dataDir, async (context) => {
    const officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
    const ids: string[] = []
    for (let each = 0; each < agreementCount; each += 1) {
      const words = sampleWords({ reference: `A ${each}`, ends: null, openEnded: true })
      const given = { words, state: 'in_force', holdsNoSecrets: true, token: newId() }
      ids.push(await recordAgreement(context, officer, given))
    }
    const [cookie = ''] = (await context.sessions.open(officer.id)).split(';')
    return { ids, cookie }
  })

async function start(dataDir: string): Promise<SiteProcess> {
  const site = await startProcess({ DATA_DIR: dataDir })
  sites.push(site)
  expect(site.output()).toContain('Yunqiao is at')
  return site
}

async function killPostgres(dataDir: string): Promise<void> {
  const found = await findPostmaster(join(dataDir, 'postgres/data'))
  expect(found).toBeDefined()
  if (found === undefined) return
  process.kill(found.pid, 'SIGKILL')
  expect(await hasEnded(found.pid, 10_000)).toBe(true)
}

/** Waits until every sender has had so many more answers. */
async function more(senders: readonly Sender[], count: number, running: Promise<unknown>): Promise<void> {
  const goals = senders.map(({ acknowledged }) => acknowledged + count)
  const reached = async () => {
    while (!senders.every(({ acknowledged }, index) => acknowledged >= (goals[index] ?? 0))) await sleep(5)
  }
  await Promise.race([
    reached(),
    running.then(() => {
      throw new Error('the server is gone before it was killed')
    }),
  ])
}

const rounds = 6

test('a site that is killed while it moves agreements and takes files leaves everything as before or as after', async () => {
  const dataDir = servers.folder()
  const { ids, cookie } = await prepare(dataDir)
  const acknowledged: Acknowledged = { tokens: [], versions: [] }
  const movers = ids.map((id) => mover(id, 1, acknowledged))
  const uploaders = ids.slice(0, 3).map((id) => uploader(id, acknowledged))
  const senders = [...movers, ...uploaders]
  const seen = { unanswered: 0, cut: 0 }

  for (let round = 0; round < rounds; round += 1) {
    const site = await start(dataDir)
    const target: Target = { origin: site.origin, cookie }
    // What had no answer is sent again, with its token: done once, whether it was done before the kill or not.
    for (const sender of senders) await sender.settle(target)
    const running = Promise.all([
      ...senders.map((sender) => sender.run(target)),
      ...ids.map((id) => dawdle(target, id)),
    ])
    await more(senders, 2 + round, running)
    await sleep(randomInt(60))
    site.child.kill('SIGKILL')
    // Every other time the database with it; else it goes on alone, and whoever comes next finds it.
    if (round % 2 === 1) await killPostgres(dataDir)
    await running
    await site.stop()
    seen.unanswered += senders.filter(({ waiting }) => waiting).length
    await beside(dataDir, async (context) => {
      await checkAgreements(context)
      await checkAcknowledged(context, acknowledged)
      await checkFiles(context, dataDir)
      seen.cut += (await countFiles(context, dataDir)).incoming.length
      await checkSweep(context, dataDir)
    })
  }
  // The kills came in the middle of something.
  expect(seen.unanswered).toBeGreaterThanOrEqual(rounds)
  expect(seen.cut).toBeGreaterThanOrEqual(rounds)

  const site = await start(dataDir)
  for (const sender of senders) await sender.settle({ origin: site.origin, cookie })
  expect(await site.stop()).toBe(0)
  await beside(dataDir, async (context) => {
    await checkAgreements(context)
    await checkAcknowledged(context, acknowledged)
    await checkFiles(context, dataDir)
    await checkSweep(context, dataDir)
    await sealAudit(context.database, context.clock)
    expect(await verifyAudit(context.database)).toMatchObject({ breaks: [], unsealed: 0 })
  })
  const done = senders.reduce((sum, sender) => sum + sender.acknowledged, 0)
  expect(acknowledged.tokens).toHaveLength(done)
})
