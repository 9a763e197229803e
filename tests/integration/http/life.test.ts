import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { openRaw } from './raw.ts'
import { type SiteProcess, startProcess } from './process.ts'

const started: SiteProcess[] = []

const start = async (env?: Record<string, string>) => {
  const site = await startProcess(env)
  started.push(site)
  return site
}

afterEach(async () => {
  for (const site of started.splice(0)) await site.remove()
}, 60_000)

it('starts, says where it is and how to make the first administrator, and ends with the requests in flight', async () => {
  const site = await start()
  expect(site.output()).toContain(`Yunqiao is at ${site.origin}\n`)
  expect(site.output()).toContain('user create --email')
  expect((await site.get('/readyz')).status).toBe(200)

  const form = 'email=nobody%40example.org&password=x'
  const connection = await openRaw(site.port)
  connection.write(
    `POST /en/office/sign-in HTTP/1.1\r\nHost: a\r\nOrigin: ${site.origin}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form.slice(0, 10)}`,
  )
  await sleep(100)
  const ended = site.stop('SIGTERM')
  await expect.poll(() => refuses(site.port), { timeout: 10_000 }).toBe(true)
  connection.write(form.slice(10))
  const answer = await connection.untilClosed()
  expect(answer).toMatch(/^HTTP\/1.1 (?:[234]\d\d) /)
  expect(answer).toMatch(/connection: close/i)
  expect(await ended).toBe(0)
}, 180_000)

it('says so when its port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const site = await start({ PORT: String((other.address() as { port: number }).port) })
  expect(await site.stop()).toBe(1)
  expect(site.output()).toMatch(/PORT is in use/)
  expect(site.output()).not.toMatch(/\n\s+at /)
  other.close()
}, 180_000)

it('says which variable cannot be used', async () => {
  const site = await start({ BASE_URL: 'hub', OFFICE_TIME_ZONE: 'Kunming' })
  expect(await site.stop()).toBe(1)
  expect(site.output()).toMatch(/^BASE_URL must be .*\nOFFICE_TIME_ZONE must be /m)
  expect(site.output()).not.toMatch(/\n\s+at /)
}, 180_000)

async function refuses(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return false
  } catch {
    return true
  } finally {
    socket.destroy()
  }
}
