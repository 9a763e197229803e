import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runServer, useDatabase } from '#tests/support/database.ts'
import { type SiteProcess, startProcess } from './process.ts'

/** A way to the database that a test can cut. */
interface Line {
  readonly port: number
  cut(): Promise<void>
  mend(): Promise<void>
}

const database = useDatabase()
let line: Line
let site: SiteProcess

beforeAll(async () => {
  line = await openLine()
  const { user, password } = runServer()
  const name = String(database.target.options.database)
  site = await startProcess({
    DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${line.port}/${name}`,
    SECRET_KEY: 'a key that is only ever used by the tests',
  })
}, 180_000)

afterAll(async () => {
  await site.remove()
  await line.cut()
}, 60_000)

it('tells readers in their language when the database is gone, and serves again when it is back', async () => {
  await database.reset()
  expect((await site.get('/th/partners')).status, site.output()).toBe(200)
  expect((await site.get('/readyz')).status).toBe(200)

  await line.cut()
  for (const locale of ['th', 'my']) {
    await expect.poll(async () => (await site.get(`/${locale}/partners`)).status, { timeout: 15_000 }).toBe(500)
    const html = await (await site.get(`/${locale}/partners`)).text()
    expect(html).toContain(`<html lang="${locale}"`)
    expect(html).not.toMatch(/ECONN|postgres|select/i)
  }
  expect((await site.get('/xx', { 'accept-language': 'vi' })).status).toBe(404)
  expect((await site.get('/readyz')).status).toBe(503)
  expect((await site.get('/healthz')).status).toBe(200)

  await line.mend()
  await expect.poll(async () => (await site.get('/th/partners')).status, { timeout: 15_000 }).toBe(200)
  expect((await site.get('/readyz')).status).toBe(200)
})

async function openLine(): Promise<Line> {
  const { host, port } = runServer()
  const target = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port }
  const sockets = new Set<Socket>()
  let server: Server
  const listen = async (onPort: number) => {
    server = createServer((near) => {
      const far = connect(target)
      for (const socket of [near, far]) {
        sockets.add(socket)
        socket.on('error', () => undefined)
        socket.on('close', () => {
          sockets.delete(socket)
          near.destroy()
          far.destroy()
        })
      }
      near.pipe(far).pipe(near)
    }).listen(onPort, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as { port: number }).port
  }
  const ownPort = await listen(0)
  return {
    port: ownPort,
    async cut() {
      if (!server.listening) return
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
    async mend() {
      await listen(ownPort)
    },
  }
}
