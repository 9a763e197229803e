import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { projectRoot } from '#platform/config.ts'
import { ask, useServers } from '#tests/support/private-server.ts'

const servers = useServers()

async function stopped(): Promise<{ dataDir: string; data: string }> {
  const dataDir = servers.folder()
  const server = await servers.acquire({ dataDir })
  await server.release()
  return { dataDir, data: server.place.data }
}

test.each([
  ['19', 'Update Yunqiao'],
  ['17', 'Export its content'],
])('data of PostgreSQL %s is refused and left alone', async (version, advice) => {
  const { dataDir, data } = await stopped()
  const path = join(data, 'PG_VERSION')
  writeFileSync(path, `${version}\n`)
  const refused = expect(servers.acquire({ dataDir })).rejects
  await refused.toMatchObject({ problem: 'wrong_version', message: expect.stringContaining(advice) as string })
  expect(readFileSync(path, 'utf8')).toBe(`${version}\n`)
})

test('a folder with something else in it is refused and left alone', async () => {
  const dataDir = servers.folder()
  const data = join(dataDir, 'postgres/data')
  mkdirSync(data, { recursive: true })
  chmodSync(join(dataDir, 'postgres'), 0o755)
  writeFileSync(join(data, 'thesis.txt'), 'years of work')
  if (process.getuid?.() === 0) await giveAway(join(dataDir, 'postgres'))
  await expect(servers.acquire({ dataDir })).rejects.toMatchObject({
    problem: 'not_a_cluster',
    message: expect.stringContaining(data) as string,
  })
  expect(readFileSync(join(data, 'thesis.txt'), 'utf8')).toBe('years of work')
})

async function giveAway(path: string): Promise<void> {
  await once(spawn('chown', ['-R', 'nobody', path]), 'close')
}

test('what an interrupted first start left is cleared away, and the start done again', async () => {
  const dataDir = servers.folder()
  const child = spawn(process.execPath, ['tests/support/holder.ts', dataDir], { cwd: projectRoot, stdio: 'ignore' })
  const home = join(dataDir, 'postgres')
  const unfinished = () => (existsSync(home) ? readdirSync(home).filter((name) => name.startsWith('unfinished-')) : [])
  while (!unfinished().some((name) => existsSync(join(home, name, 'data/base')))) await sleep(1)
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(existsSync(join(home, 'data'))).toBe(false)
  expect(unfinished()).toHaveLength(1)

  expect(await ask(await servers.acquire({ dataDir }), 'select current_database()')).toBe('yunqiao')
  expect(unfinished()).toEqual([])
})

test('a server that cannot start says why, and where its log is', async () => {
  const { dataDir, data } = await stopped()
  writeFileSync(join(data, 'postgresql.auto.conf'), 'shared_buffers = plenty\n')
  await expect(servers.acquire({ dataDir })).rejects.toMatchObject({
    problem: 'no_server',
    message: expect.stringMatching(/server\.log[^]*shared_buffers/) as string,
  })
})
