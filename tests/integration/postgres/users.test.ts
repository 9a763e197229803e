import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isRoot } from '#platform/ownership.ts'
import { packagedBinaries, reachableBinaries } from '#platform/postgres/binaries.ts'
import { findPostmaster } from '#platform/postgres/postmaster.ts'
import { closedFolder, unprivilegedUser, userWithId, type ServerUser } from '#platform/postgres/user.ts'
import { holderAs, startHolder } from '#tests/support/holding.ts'
import { ask, serverPid, useServers } from '#tests/support/private-server.ts'

const servers = useServers()

/** A second unprivileged user, beside the one that a server of root's runs as. */
function somebodyElse(): ServerUser {
  const [name, id] = unprivilegedUser().name === 'nobody' ? ['daemon', '1'] : ['nobody', idOf('nobody')]
  return { ...userWithId(Number(id), '/'), name }
}

const idOf = (name: string) => execFileSync('id', ['-u', name], { encoding: 'utf8' }).trim()
const give = (path: string, { uid, gid }: ServerUser) => execFileSync('chown', ['-R', `${uid}:${gid}`, path])

const asRoot = () => {
  test('as root, the data belongs to the user that the server runs as, and nobody else can read it', async () => {
    const server = await servers.acquire({ dataDir: servers.folder() })
    expect(statSync(server.place.data).uid).toBe(unprivilegedUser().uid)
    expect(statSync(server.place.data).mode & 0o777).toBe(0o700)
    expect(statSync(join(server.place.home, 'password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(server.place.home, 'password')).uid).toBe(0)
  })

  test('as root in a folder that others cannot enter, the database goes where it can be reached, and says so', async () => {
    const stagingRoot = join(servers.folder(), 'staging')
    const closed = join(servers.folder(), 'clone')
    mkdirSync(closed, { mode: 0o700 })
    const options = { dataDir: join(closed, '.data'), stagingRoot }
    const first = await servers.acquire(options)
    expect(first.place.home.startsWith(stagingRoot)).toBe(true)
    expect(servers.logged.join('\n')).toMatch(`cannot enter ${closed}: the database is kept in ${first.place.home}`)
    await ask(first, 'create table notes as select 1 as note')
    await first.release()
    const again = await servers.acquire(options)
    expect(again.place.home).toBe(first.place.home)
    expect(await ask(again, 'select note from notes')).toBe(1)
    await again.release()

    const moved = join(servers.folder(), 'moved')
    renameSync(closed, moved)
    const afterMove = await servers.acquire({ dataDir: join(moved, '.data'), stagingRoot })
    expect(await ask(afterMove, 'select note from notes')).toBe(1)
    await afterMove.release()

    const copy = join(servers.folder(), 'copy')
    cpSync(moved, copy, { recursive: true })
    await expect(servers.acquire({ dataDir: join(copy, '.data'), stagingRoot })).rejects.toMatchObject({
      problem: 'wrong_owner',
      message: expect.stringContaining(`${copy}/.data is a copy of ${moved}/.data`) as string,
    })

    rmSync(first.place.home, { recursive: true })
    await expect(servers.acquire({ dataDir: join(moved, '.data'), stagingRoot })).rejects.toMatchObject({
      problem: 'unreachable',
      message: expect.stringContaining(`${first.place.home}, which is not there any more`) as string,
    })
  })

  test('two fresh clones in the same place do not meet the same database, and the first is not forgotten', async () => {
    const stagingRoot = join(servers.folder(), 'staging')
    const closed = join(servers.folder(), 'clone')
    const dataDir = join(closed, '.data')
    const homes: string[] = []
    for (const round of [1, 2]) {
      mkdirSync(closed, { mode: 0o700 })
      const server = await servers.acquire({ dataDir, stagingRoot })
      await ask(server, `create table notes as select ${round} as note`)
      await server.release()
      homes.push(server.place.home)
      rmSync(closed, { recursive: true })
    }
    expect(servers.logged.join('\n')).toContain(`${homes[0] ?? ''} holds the database of ${dataDir}, which is gone`)
  })

  test('processes that come to a closed folder at once all get the same database', async () => {
    const stagingRoot = join(servers.folder(), 'staging')
    const closed = join(servers.folder(), 'clone')
    mkdirSync(closed, { mode: 0o700 })
    const options = { dataDir: join(closed, '.data'), stagingRoot }
    const all = await Promise.all([1, 2, 3, 4].map(() => servers.acquire(options)))
    expect(new Set(all.map(({ place }) => place.home)).size).toBe(1)
    expect(readdirSync(stagingRoot).filter((name) => name.startsWith('data-'))).toHaveLength(1)
    expect(readdirSync(options.dataDir)).toEqual(['postgres.path'])
  })

  test('binaries that the user cannot run are copied once, and readable whatever they were', async () => {
    const user = unprivilegedUser()
    const packaged = await packagedBinaries(undefined, servers.folder())
    const closed = { ...packaged, folder: join(servers.folder(), 'closed') }
    cpSync(packaged.folder, closed.folder, { recursive: true, verbatimSymlinks: true })
    execFileSync('chmod', ['-R', 'go-rwx', closed.folder])
    const stagingRoot = join(servers.folder(), 'staging')
    const staged = join(stagingRoot, 'postgresql')
    const copies = await Promise.all([1, 2].map(() => reachableBinaries(closed, user, staged)))
    expect(copies.map(({ folder }) => folder)).toEqual([staged, staged])
    expect(readdirSync(stagingRoot)).toEqual(['postgresql'])
    expect(closedFolder(join(staged, 'bin/postgres'), user)).toBeUndefined()
    const server = await servers.acquire({ dataDir: servers.folder(), binaries: { ...packaged, folder: staged } })
    expect(await ask(server, 'select 1')).toBe(1)
  })

  test('a database behind a door that was closed later is refused, naming the door', async () => {
    const door = join(servers.folder(), 'door')
    mkdirSync(door, { mode: 0o755 })
    const server = await servers.acquire({ dataDir: join(door, '.data') })
    await server.release()
    chmodSync(door, 0o700)
    await expect(servers.acquire({ dataDir: join(door, '.data') })).rejects.toMatchObject({
      problem: 'unreachable',
      message: expect.stringMatching(
        `${unprivilegedUser().name}, who cannot enter ${door}\\. .*chmod o\\+x ${door}`,
      ) as string,
    })
  })

  test('data that was given to root is refused, saying whose it should be', async () => {
    const dataDir = servers.folder()
    const server = await servers.acquire({ dataDir })
    await server.release()
    execFileSync('chown', ['-R', 'root', dataDir])
    await expect(servers.acquire({ dataDir })).rejects.toMatchObject({
      problem: 'wrong_owner',
      message: expect.stringContaining(`chown -R ${unprivilegedUser().name} ${server.place.data}`) as string,
    })
  })

  test('an unprivileged user has a server as well, and root joins it as that user', async () => {
    const user = somebodyElse()
    const hold = await holderAs(user, servers.folder())
    const dataDir = servers.folder()
    give(dataDir, user)
    const first = await servers.adopt(hold(dataDir))
    expect(first.answer).toEqual({ held: true, serverHome: join(dataDir, 'postgres') })
    const pid = (await findPostmaster(join(dataDir, 'postgres/data')))?.pid
    expect(statSync(`/proc/${pid}`).uid).toBe(user.uid)

    const mine = await servers.acquire({ dataDir })
    expect(await serverPid(mine)).toBe(pid)
    await first.release()
    expect(await ask(mine, 'select 1')).toBe(1)
    await mine.release()

    const again = await servers.adopt(hold(dataDir))
    expect(again.answer).toMatchObject({ held: true })
    await again.release()
  })

  test("an unprivileged user is refused somebody else's data directory, with what to do", async () => {
    const hold = await holderAs(somebodyElse(), servers.folder())
    const dataDir = servers.folder()
    const refused = await servers.adopt(hold(dataDir))
    expect(refused.answer).toMatchObject({ held: false, problem: 'unreachable' })

    const mine = await servers.acquire({ dataDir })
    const foreign = await servers.adopt(hold(dataDir))
    expect(foreign.answer).toMatchObject({
      held: false,
      problem: 'wrong_owner',
      message: expect.stringContaining('belongs to another user') as string,
    })
    expect(await ask(mine, 'select 1')).toBe(1)
  })
}

const asOneself = () => {
  test('the data belongs to this user, who alone can read it', async () => {
    const server = await servers.acquire({ dataDir: servers.folder() })
    expect(statSync(server.place.home).mode & 0o777).toBe(0o700)
    expect(statSync(server.place.data).uid).toBe(process.getuid?.())
  })

  test('a folder of somebody else is refused', async () => {
    const refused = await servers.adopt(startHolder('/etc'))
    expect(refused.answer).toMatchObject({ held: false, problem: 'unreachable' })
  })
}

describe(isRoot ? 'as root' : 'as an ordinary user', isRoot ? asRoot : asOneself)
