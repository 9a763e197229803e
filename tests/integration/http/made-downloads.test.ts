import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { madeDownload } from '#platform/uploads/download.ts'
import { html, useSite } from './site.ts'

const site = useSite()

const show = (source: () => AsyncGenerator<string>) =>
  site.show((_request, locals) => {
    locals.download = madeDownload({ name: '协议.csv', mediaType: 'text/csv' }, () =>
      Promise.resolve(Readable.from(source(), { objectMode: false })),
    )
    return html('')
  })

test('a file that is made while it is sent arrives whole, under its name', async () => {
  show(async function* () {
    yield 'one,'
    await new Promise(setImmediate)
    yield 'two'
  })
  const response = await site.get('/zh/file')
  expect(response.headers.get('content-length')).toBeNull()
  expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''%E5%8D%8F%E8%AE%AE.csv")
  expect(await response.text()).toBe('one,two')
})

test('one whose making fails is broken off, never taken for whole', async () => {
  show(async function* () {
    yield 'one,'
    await new Promise(setImmediate)
    throw new Error('the database went away')
  })
  await expect(site.get('/zh/file').then((response) => response.text())).rejects.toThrow()
  await expect.poll(() => site.logged.map(({ message }) => message)).toContain('a request failed')
})

test('one whose reader leaves is made no further', async () => {
  const left = Promise.withResolvers<true>()
  show(async function* () {
    try {
      for (;;) {
        await new Promise(setImmediate)
        yield 'more and '.repeat(1000)
      }
    } finally {
      left.resolve(true)
    }
  })
  const socket = connect(site.port, '127.0.0.1')
  socket.write('GET /zh/file HTTP/1.1\r\nHost: hub.example.org\r\n\r\n')
  await once(socket, 'data')
  socket.destroy()
  expect(await left.promise).toBe(true)
  expect((await site.get('/zh/about')).status).toBe(200)
})
