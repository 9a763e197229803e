import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { connect } from '#db/client.ts'
import { projectRoot } from '#platform/config.ts'
import type { PrivateServer } from '#platform/postgres/private.ts'
import { hasEnded } from '#platform/postgres/processes.ts'
import { serverPid, useServers } from '#tests/support/private-server.ts'

const servers = useServers()
const writers: ChildProcess[] = []

afterEach(async () => {
  for (const writer of writers.splice(0)) {
    if (writer.exitCode !== null || writer.signalCode !== null) continue
    writer.kill('SIGKILL')
    await once(writer, 'close')
  }
})

interface Writer {
  readonly process: ChildProcess
  /** Numbers that the database acknowledged, as far as they came through. */
  readonly acknowledged: number[]
  /** Waits until so many more were acknowledged. */
  more(count: number): Promise<void>
}

function startWriter(dataDir: string, first: number): Writer {
  const child = spawn(process.execPath, ['tests/support/writer.ts', dataDir, String(first)], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  writers.push(child)
  const acknowledged: number[] = []
  createInterface({ input: child.stdout }).on('line', (line) => acknowledged.push(Number(line)))
  return {
    process: child,
    acknowledged,
    async more(count) {
      const goal = acknowledged.length + count
      while (acknowledged.length < goal && child.exitCode === null) await sleep(5)
      expect(acknowledged.length).toBeGreaterThanOrEqual(goal)
    },
  }
}

async function prepared(dataDir: string): Promise<void> {
  const server = await servers.acquire({ dataDir })
  const sql = connect(server.target, { as: 'owner', max: 1 })
  await sql`create table acknowledged (number int primary key, filler text not null)`
  await sql`create table tally (written int not null)`
  await sql`insert into tally values (0)`
  await sql.end()
  await server.release()
}

/** Numbers that were acknowledged and are not there; and whether both writes of each transaction are. */
async function check(server: PrivateServer, acknowledged: readonly number[]): Promise<void> {
  const sql = connect(server.target, { as: 'owner', max: 1 })
  const { rows, tally, damaged } = await sql.begin('isolation level repeatable read', async (tx) => ({
    rows: await tx<{ number: number }[]>`select number from acknowledged`,
    tally: await tx<{ written: number }[]>`select written from tally`,
    damaged: await tx`select number from acknowledged where filler <> repeat('云桥', 500)`,
  }))
  await sql.end()
  const present = new Set(rows.map(({ number }) => number))
  expect(acknowledged.filter((number) => !present.has(number))).toEqual([])
  expect(tally[0]?.written).toBe(present.size)
  expect(damaged).toHaveLength(0)
}

async function killServer(dataDir: string, { place }: Pick<PrivateServer, 'place'>): Promise<void> {
  const pid = await serverPid({ place })
  expect(pid, `a server runs on ${dataDir}`).toBeDefined()
  process.kill(pid ?? 0, 'SIGKILL')
  expect(await hasEnded(pid ?? 0, 10_000)).toBe(true)
}

const rounds = 6

test('a writer that is killed in the middle of writes loses nothing that was acknowledged', async () => {
  const dataDir = servers.folder()
  await prepared(dataDir)
  const acknowledged: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const writer = startWriter(dataDir, round * 1_000_000)
    await writer.more(100 + round * 37)
    writer.process.kill('SIGKILL')
    await once(writer.process, 'close')
    acknowledged.push(...writer.acknowledged)
    const server = await servers.acquire({ dataDir })
    await check(server, acknowledged)
    if (round % 2 === 1) await server.release()
  }
  expect(acknowledged.length).toBeGreaterThan(rounds * 100)
})

test('a server that is killed in the middle of writes loses nothing, and the writer goes on by itself', async () => {
  const dataDir = servers.folder()
  await prepared(dataDir)
  const writer = startWriter(dataDir, 0)
  const server = await servers.acquire({ dataDir })
  for (let round = 0; round < rounds; round += 1) {
    await writer.more(100 + round * 37)
    await killServer(dataDir, server)
    await writer.more(100)
    await check(server, [...writer.acknowledged])
  }
})

test('both killed at once, the next process finds everything', async () => {
  const dataDir = servers.folder()
  await prepared(dataDir)
  const acknowledged: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const writer = startWriter(dataDir, round * 1_000_000)
    await writer.more(100 + round * 37)
    const watcher = await servers.acquire({ dataDir })
    const { place } = watcher
    await watcher.release()
    const pid = (await serverPid({ place })) ?? 0
    writer.process.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    await once(writer.process, 'close')
    expect(await hasEnded(pid, 10_000)).toBe(true)
    acknowledged.push(...writer.acknowledged)
    const server = await servers.acquire({ dataDir })
    await check(server, acknowledged)
    await server.release()
  }
})

test('every process of the server killed, the next start recovers', async () => {
  const dataDir = servers.folder()
  await prepared(dataDir)
  const writer = startWriter(dataDir, 0)
  await writer.more(200)
  const server = await servers.acquire({ dataDir })
  const pid = (await serverPid(server)) ?? 0
  const killed = spawn('pkill', ['-KILL', '-s', String(pid)], { stdio: 'ignore' })
  await once(killed, 'close')
  await writer.more(100)
  await check(server, [...writer.acknowledged])
  expect(await serverPid(server)).not.toBe(pid)
})
