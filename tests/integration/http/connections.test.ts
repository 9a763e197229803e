import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startServer } from '../../../src/server.ts'
import { openRaw } from './raw.ts'
import { html, publicOrigin, useSite } from './site.ts'

const site = useSite()

const get = (path: string, ...fields: string[]) => [`GET ${path} HTTP/1.1`, 'Host: a', ...fields, '', ''].join('\r\n')
const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length

it('answers one request after the other on a connection, cached or not', async () => {
  await site.get('/en/partners')
  const connection = await openRaw(site.port)
  for (const [index, path] of ['/en/partners', '/en/partners', '/en/labs', '/en/partners', '/en/office/x'].entries()) {
    connection.write(get(path))
    await connection.until(new RegExp(`(HTTP/1.1 200 OK[^]*?</p>){${index + 1}}`))
  }
  connection.write(get('/en/partners', 'Connection: close'))
  expect(count(await connection.untilClosed(), /HTTP\/1.1 200 OK/g)).toBe(6)
})

it('understands requests in pieces, several at once, and forms behind pages', async () => {
  site.show(({ method, url, body }) => html(`<p>${method} ${url} ${body?.toString() ?? ''}</p>`))
  await site.get('/en/partners')
  const connection = await openRaw(site.port)
  connection.write(get('/en/partners'))
  await connection.until(/<\/p>/)
  for (const piece of ['GET /en/par', 'tners HTTP/1.1\r\nHo', 'st: a\r\n\r', '\n']) {
    connection.write(piece)
    await sleep(15)
  }
  await connection.until(/(<\/p>[^]*){2}/)
  connection.write(get('/en/partners') + get('/en/labs') + get('/en/partners'))
  await connection.until(/(<\/p>[^]*){5}/)
  const form = `POST /en/office/x HTTP/1.1\r\nHost: a\r\nOrigin: ${publicOrigin}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\n`
  connection.write(form)
  await sleep(15)
  connection.write(`a=1&b${get('/en/partners', 'Connection: close')}`)
  const all = await connection.untilClosed()
  expect([...all.matchAll(/<p>(.*?)<\/p>/g)].map((match) => match[1]?.trim())).toEqual([
    'GET /en/partners',
    'GET /en/partners',
    'GET /en/partners',
    'GET /en/labs',
    'GET /en/partners',
    'POST /en/office/x a=1&b',
    'GET /en/partners',
  ])
})

it('takes a form of many pieces as the first thing on a connection', async () => {
  site.show(({ body }) => html(`<p>${body?.length}</p>`))
  const connection = await openRaw(site.port)
  const length = 300_000
  connection.write(
    `POST /en/office/x HTTP/1.1\r\nHost: a\r\nOrigin: ${publicOrigin}\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`,
  )
  for (let sent = 0; sent < length; sent += 50_000) connection.write('x'.repeat(50_000))
  expect(await connection.untilClosed()).toContain(`<p>${length}</p>`)
})

it('waits for a client that reads slowly, and loses nothing', async () => {
  const words = 'x'.repeat(200_000)
  site.show(() => ({ status: 200, headers: { 'content-type': 'application/pdf' }, body: Buffer.from(words) }))
  await site.get('/en/briefs/partners/a.pdf')
  const connection = await openRaw(site.port)
  connection.socket.pause()
  for (let request = 0; request < 40; request += 1) {
    connection.write(get('/en/briefs/partners/a.pdf'))
    await sleep(2)
  }
  connection.socket.resume()
  connection.write(get('/en/briefs/partners/a.pdf', 'Connection: close'))
  const all = await connection.untilClosed()
  expect(count(all, /HTTP\/1.1 200 OK/g)).toBe(41)
  expect(count(all, /x{200000}(?!x)/g)).toBe(41)
})

it('loses nothing either when many requests come at once, and more while their answers wait', async () => {
  const words = 'x'.repeat(200_000)
  site.show(() => ({ status: 200, headers: { 'content-type': 'application/pdf' }, body: Buffer.from(words) }))
  await site.get('/en/briefs/partners/a.pdf')
  const connection = await openRaw(site.port)
  connection.socket.pause()
  connection.write(get('/en/briefs/partners/a.pdf'))
  await sleep(20)
  for (const requests of [60, 5, 5]) {
    connection.write(get('/en/briefs/partners/a.pdf').repeat(requests))
    await sleep(50)
  }
  connection.socket.resume()
  connection.write(get('/en/briefs/partners/a.pdf', 'Connection: close'))
  expect(count(await connection.untilClosed(), /x{200000}(?!x)/g)).toBe(72)
})

it('lets a request in flight finish when it stops, and takes no other', async () => {
  const { context, clock } = site
  const begun = Promise.withResolvers<undefined>()
  const finish = Promise.withResolvers<undefined>()
  const renderer = async () => {
    begun.resolve(undefined)
    await finish.promise
    return html('<p>finished</p>')
  }
  const server = await startServer({
    context: { ...context, clock },
    port: 0,
    pages: { renderer, clientFolder: import.meta.dirname },
  })
  const idle = await openRaw(server.port)
  const waiting = await openRaw(server.port)
  waiting.write(get('/healthz'))
  await waiting.until(/ok\n/)
  const busy = await openRaw(server.port)
  busy.write(get('/en/partners'))
  await begun.promise
  const stopped = server.stop()
  await idle.untilClosed()
  await waiting.untilClosed()
  await expect(openRaw(server.port)).rejects.toThrow('ECONNREFUSED')
  finish.resolve(undefined)
  const answer = await busy.untilClosed()
  expect(answer).toMatch(/HTTP\/1.1 200 OK[^]*<p>finished<\/p>$/)
  expect(answer).toMatch(/connection: close/i)
  await stopped
})

it('cuts what does not finish in time', async () => {
  const renderer = () => new Promise<never>(() => undefined)
  const server = await startServer({
    context: site.context,
    port: 0,
    pages: { renderer, clientFolder: import.meta.dirname },
    graceMs: 100,
  })
  const busy = await openRaw(server.port)
  busy.write(get('/en/partners'))
  await sleep(50)
  await server.stop()
  expect(await busy.untilClosed()).toBe('')
})
