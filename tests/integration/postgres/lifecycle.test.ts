import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '#db/client.ts'
import { isRoot } from '#platform/ownership.ts'
import { findPostmaster } from '#platform/postgres/postmaster.ts'
import { hasEnded, isRunning } from '#platform/postgres/processes.ts'
import { startHolder } from '#tests/support/holding.ts'
import { ask, serverPid, useServers } from '#tests/support/private-server.ts'

const servers = useServers()

test('a new data directory gets a PostgreSQL 18 that keeps what it acknowledges, in UTF-8', async () => {
  const server = await servers.acquire({ dataDir: servers.folder() })
  expect(await ask(server, 'show server_version')).toMatch(/^18\./)
  expect(await ask(server, 'show fsync')).toBe('on')
  expect(await ask(server, 'show synchronous_commit')).toBe('on')
  expect(await ask(server, 'show data_checksums')).toBe('on')
  expect(await ask(server, 'show server_encoding')).toBe('UTF8')
  expect(await ask(server, 'select datlocale from pg_database where datname = current_database()')).toBe('C.UTF-8')
  const byPinyin = `select string_agg(name, '' order by name collate "zh-x-icu") from unnest(array['云', '桥', '昆']) name`
  expect(await ask(server, byPinyin)).toBe('昆桥云')
})

test('the server is reached by a socket that only its own user can reach, and is never root', async () => {
  const server = await servers.acquire({ dataDir: servers.folder() })
  const { pid, socketFolder, port } = (await findPostmaster(server.place.data)) ?? { pid: 0, socketFolder: '', port: 0 }
  expect(Buffer.byteLength(join(socketFolder, `.s.PGSQL.${port}`))).toBeLessThanOrEqual(107)
  expect(statSync(socketFolder).mode & 0o777).toBe(0o700)
  expect(await ask(server, 'show listen_addresses')).toBe('')
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const [, uid] = /^Uid:\s+(\d+)/m.exec(status) ?? []
  expect(Number(uid)).toBe(server.place.user?.uid ?? process.getuid?.())
  expect(Number(uid)).not.toBe(0)
  expect(server.place.user !== undefined).toBe(isRoot)
})

test('a data directory with a long path works as well', async () => {
  const dataDir = join(servers.folder(), 'a-folder-with-a-long-name-'.repeat(4), 'and-another-one-'.repeat(6))
  expect(await ask(await servers.acquire({ dataDir }), 'select 1')).toBe(1)
})

test('the server listens on loopback with a password where it is told to', async () => {
  const server = await servers.acquire({ dataDir: servers.folder(), transport: 'loopback' })
  expect(await ask(server, 'select inet_server_addr()::text')).toBe('127.0.0.1/32')
  const { port } = (await findPostmaster(server.place.data)) ?? { port: 0 }
  const stranger = connect(
    { url: '', options: { host: '127.0.0.1', port, user: 'yunqiao_owner', password: 'guessed', database: 'yunqiao' } },
    { as: 'owner', max: 1 },
  )
  await expect(stranger`select 1`).rejects.toThrow(/password authentication failed/)
  await stranger.end()
})

test('what was written is there after a stop', async () => {
  const dataDir = servers.folder()
  const first = await servers.acquire({ dataDir })
  await ask(first, `create table notes as select '云桥' as note`)
  await first.release()
  expect(await serverPid(first)).toBeUndefined()
  expect(await ask(await servers.acquire({ dataDir }), 'select note from notes')).toBe('云桥')
})

test('processes share one server side by side, and the last one stops it', async () => {
  const dataDir = servers.folder()
  const [mine, other, third] = await Promise.all([
    servers.acquire({ dataDir }),
    servers.adopt(startHolder(dataDir)),
    servers.adopt(startHolder(dataDir)),
  ])
  const pid = await serverPid(mine)
  expect(other.answer).toEqual({ held: true, serverHome: mine.place.home })
  expect(third.answer).toEqual({ held: true, serverHome: mine.place.home })
  await other.release()
  await mine.release()
  expect(await serverPid(mine)).toBe(pid)
  await third.release()
  expect(await serverPid(mine)).toBeUndefined()
})

test('releasing twice gives back one lease', async () => {
  const dataDir = servers.folder()
  const [first, second] = await Promise.all([servers.acquire({ dataDir }), servers.acquire({ dataDir })])
  await first.release()
  await first.release()
  expect(await ask(second, 'select 1')).toBe(1)
})

test('the lease of a killed process counts for nothing', async () => {
  const dataDir = servers.folder()
  const mine = await servers.acquire({ dataDir })
  const other = await servers.adopt(startHolder(dataDir))
  await other.kill()
  await mine.release()
  expect(await serverPid(mine)).toBeUndefined()
})

test('a killed process leaves its server behind, and the next one adopts it', async () => {
  const dataDir = servers.folder()
  const other = await servers.adopt(startHolder(dataDir))
  await other.kill()
  const left = await findPostmaster(join(dataDir, 'postgres/data'))
  expect(left?.status).toBe('ready')
  const mine = await servers.acquire({ dataDir })
  expect(await serverPid(mine)).toBe(left?.pid)
  expect(await ask(mine, 'select 1')).toBe(1)
})

test('a Ctrl-C to the process group does not reach the server', async () => {
  const server = await servers.acquire({ dataDir: servers.folder() })
  const stat = readFileSync(`/proc/${await serverPid(server)}/stat`, 'utf8')
  const [, , group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  expect(Number(group)).toBe(await serverPid(server))
  expect(Number(session)).toBe(await serverPid(server))
})

test('a server that died is started again for whoever needs it, and both holders find the same one', async () => {
  const dataDir = servers.folder()
  const [first, second] = await Promise.all([servers.acquire({ dataDir }), servers.acquire({ dataDir })])
  const pid = (await serverPid(first)) ?? 0
  process.kill(pid, 'SIGKILL')
  expect(await hasEnded(pid, 10_000)).toBe(true)
  expect(await Promise.all([ask(first, 'select 1'), ask(second, 'select 1')])).toEqual([1, 1])
  const next = await serverPid(first)
  expect(next).not.toBe(pid)
  expect(await serverPid(second)).toBe(next)
  expect(servers.logged).toContain('PostgreSQL had ended and was started again')
})

test('a pool outlives its server', async () => {
  const server = await servers.acquire({ dataDir: servers.folder() })
  const sql = connect(server.target, { as: 'owner', max: 3 })
  await Promise.all([sql`select pg_sleep(0.01)`, sql`select pg_sleep(0.01)`, sql`select pg_sleep(0.01)`])
  const pid = (await serverPid(server)) ?? 0
  process.kill(pid, 'SIGKILL')
  expect(await hasEnded(pid, 10_000)).toBe(true)
  await expect
    .poll(() =>
      sql`select 1 as one`.then(
        ([row]) => row?.['one'] as number,
        () => 0,
      ),
    )
    .toBe(1)
  await sql.end()
})

test('a server that lost its socket to a cleaner of old files is started again', async () => {
  const dataDir = servers.folder()
  const server = await servers.acquire({ dataDir })
  const before = await findPostmaster(server.place.data)
  rmSync(before?.socketFolder ?? '', { recursive: true })
  expect(await ask(server, 'select 1')).toBe(1)
  expect(await serverPid(server)).not.toBe(before?.pid)
})

test('a process id that belongs to another program by now is not taken for the server', async () => {
  const dataDir = servers.folder()
  const first = await servers.acquire({ dataDir })
  const file = join(first.place.data, 'postmaster.pid')
  const lines = readFileSync(file, 'utf8').split('\n')
  await first.release()
  const user = first.place.user
  const bystander = spawn('sleep', ['60'], { stdio: 'ignore', ...(user ? { uid: user.uid, gid: user.gid } : {}) })
  writeFileSync(file, [bystander.pid, ...lines.slice(1)].join('\n'))
  expect(await ask(await servers.acquire({ dataDir }), 'select 1')).toBe(1)
  expect(isRunning(bystander.pid ?? 0)).toBe(true)
  bystander.kill()
  await once(bystander, 'close')
})

test('a zombie is dead', async () => {
  const dataDir = servers.folder()
  const first = await servers.acquire({ dataDir })
  const file = join(first.place.data, 'postmaster.pid')
  const lines = readFileSync(file, 'utf8').split('\n')
  await first.release()
  // `sleep`, which takes the shell's place, never asks what became of the shell's child.
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [output] = (await once(parent.stdout, 'data')) as [Buffer]
  const zombie = Number(output.toString())
  await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n')
  process.kill(zombie, 'SIGKILL')
  await expect.poll(() => readFileSync(`/proc/${zombie}/stat`, 'utf8')).toMatch(/\) Z /)
  expect(isRunning(zombie)).toBe(false)
  writeFileSync(file, [zombie, ...lines.slice(1)].join('\n'))
  expect(await ask(await servers.acquire({ dataDir }), 'select 1')).toBe(1)
  parent.kill()
  await once(parent, 'close')
})
