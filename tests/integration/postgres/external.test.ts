import { expect, test } from 'vitest'
import { openDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { silentLogger } from '#platform/log.ts'
import { checkVersion } from '#platform/postgres/external.ts'
import { acquirePostgres } from '#platform/postgres/index.ts'
import { findPostmaster } from '#platform/postgres/postmaster.ts'
import { useServers } from '#tests/support/private-server.ts'

const servers = useServers()
const unused = '/nowhere'

async function someServer(): Promise<{ password: string; port: number }> {
  const server = await servers.acquire({ dataDir: servers.folder(), transport: 'loopback' })
  const port = (await findPostmaster(server.place.data))?.port ?? 0
  return { password: String(server.target.options.password), port }
}

test('a server that DATABASE_URL names is used, and no private one is started', async () => {
  const { password, port } = await someServer()
  const databaseUrl = `postgres://yunqiao_owner:${password}@127.0.0.1:${port}/yunqiao?application_name=outside`
  const server = await acquirePostgres({ dataDir: unused, databaseUrl }, silentLogger)
  await migrateDatabase(server.target)
  const { sql, close } = openDatabase(server.target)
  const [row] = await sql`select current_user as role, current_setting('application_name') as application`
  expect(row).toEqual({ role: 'yunqiao_app', application: 'outside' })
  await close()
  await server.release()
})

test('a wrong password and a server that is not there are told, without the password', async () => {
  const { port } = await someServer()
  for (const databaseUrl of [
    `postgres://yunqiao_owner:guessed@127.0.0.1:${port}/yunqiao`,
    'postgres://yunqiao_owner:guessed@127.0.0.1:1/yunqiao',
  ]) {
    const error: unknown = await acquirePostgres({ dataDir: unused, databaseUrl }, silentLogger).catch(
      (e: unknown) => e,
    )
    expect(error).toMatchObject({ problem: 'no_server', message: expect.stringContaining('127.0.0.1:') as string })
    expect((error as Error).message).not.toContain('guessed')
  }
})

test.each([14, 19])('PostgreSQL %i is refused', (major) => {
  expect(() => checkVersion(major)).toThrow(`PostgreSQL ${major}; Yunqiao works with 15 to 18`)
})

test.each([15, 16, 17, 18])('PostgreSQL %i is accepted', (major) => {
  expect(() => checkVersion(major)).not.toThrow()
})
