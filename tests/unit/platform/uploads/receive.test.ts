import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStorage } from '#platform/storage/open.ts'
import type { Storage } from '#platform/storage/storage.ts'
import { examine } from '#platform/uploads/examine.ts'
import { type ReceivedUpload, receiveUpload } from '#platform/uploads/receive.ts'

const boundary = 'yunqiao-boundary'
const field = (name: string, value: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (name: string, body: string, part = 'file') =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${part}"; filename="${name}"\r\nContent-Type: application/pdf\r\n\r\n${body}\r\n`
const end = `--${boundary}--\r\n`

let folder: string
let storage: Storage
let server: Server
let outcome: PromiseWithResolvers<ReceivedUpload>
let options: {
  keep: boolean
  limitBytes?: number
  idleMs?: number
  stage?: Storage['stage']
  examine?: NonNullable<Parameters<typeof receiveUpload>[1]['examine']>
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yunqiao-receive-'))
  storage = await openStorage({ dataDir: folder, bucket: undefined })
  options = { keep: true }
  outcome = Promise.withResolvers()
  outcome.promise.catch(() => undefined)
  server = createServer((request, response) => {
    const { keep, stage = storage.stage, ...rest } = options
    receiveUpload(request, { ...rest, stage: keep ? stage : undefined }).then(
      (upload) => {
        outcome.resolve(upload)
        response.end('taken')
      },
      (error: unknown) => {
        outcome.reject(error)
        response.end('refused')
      },
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const left = async () => (await readdir(join(folder, 'files/incoming')).catch(() => [])).length

function open(headers: Record<string, string | number> = {}) {
  const request = httpRequest({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
  })
  request.on('error', () => undefined)
  return request
}

/** Sends a form, and says what was made of it and what the sender read. */
async function send(...parts: string[]) {
  const request = open()
  for (const part of parts) request.write(part)
  request.end()
  const [response] = (await once(request, 'response')) as [AsyncIterable<Buffer>]
  const answer = Buffer.concat(await Array.fromAsync(response)).toString()
  return { answer, upload: await outcome.promise }
}

describe('a form with a file', () => {
  test('is taken apart into its fields and its file', async () => {
    const { upload } = await send(field('title', '合作协议'), file('协议.pdf', '%PDF-'), field('token', 'x'), end)
    expect([...upload.fields]).toEqual([
      ['title', '合作协议'],
      ['token', 'x'],
    ])
    expect(upload.file).toMatchObject({ name: '协议.pdf', sizeBytes: 5 })
    expect(await readFile(upload.file?.path ?? '', 'utf8')).toBe('%PDF-')
    await upload.file?.discard()
    expect(await left()).toBe(0)
  })

  test.each(['协议 2026.pdf', 'สัญญา.pdf', 'hợp đồng.pdf', 'သဘောတူညီချက်.pdf', "it's (1) 100%.pdf"])(
    'keeps the name %s',
    async (name) => {
      const { upload } = await send(file(name, 'x'), end)
      expect(upload.file?.name).toBe(name)
    },
  )

  test('drops the folders of a name', async () => {
    const { upload } = await send(file('../../../etc/passwd', 'x'), end)
    expect(upload.file?.name).toBe('passwd')
  })

  test('may come without a file', async () => {
    const { upload } = await send(field('title', 'a'), file('', ''), end)
    expect(upload).toMatchObject({ file: undefined, notTaken: undefined })
    expect(await left()).toBe(0)
  })

  test('of exactly the largest size is taken; of one byte more its fields alone are', async () => {
    options = { keep: true, limitBytes: 100_000 }
    const { upload } = await send(file('a', 'x'.repeat(100_000)), field('title', 'a'), end)
    expect(upload.file?.sizeBytes).toBe(100_000)
    await upload.file?.discard()
    outcome = Promise.withResolvers()
    const second = await send(file('a', 'x'.repeat(100_001)), field('title', 'a'), end)
    expect(second.answer).toBe('taken')
    expect(second.upload).toMatchObject({ file: undefined, notTaken: 'too_large' })
    expect(second.upload.fields.get('title')).toBe('a')
    expect(await left()).toBe(0)
  })

  test('of somebody without a session leaves its fields and no file', async () => {
    options = { keep: false }
    const { upload } = await send(field('title', 'a'), file('a', 'x'.repeat(500_000)), end)
    expect(upload).toMatchObject({ file: undefined, notTaken: 'signed_out' })
    expect(upload.fields.get('title')).toBe('a')
    expect(await left()).toBe(0)
  })
})

describe('a file that is only looked at', () => {
  beforeEach(() => {
    options = { keep: false, examine: (source) => examine(source, ['a[0-9]']) }
  })

  test('is told of, with or without a session, and is nowhere kept', async () => {
    for (const keep of [false, true]) {
      options = { ...options, keep }
      outcome = Promise.withResolvers()
      const { upload } = await send(field('x', '1'), file('简报.pdf', '%PDF- a1 a2'), end)
      expect(upload).toMatchObject({
        file: undefined,
        notTaken: undefined,
        examined: { name: '简报.pdf', sizeBytes: 11, isPdf: true, found: ['a1', 'a2'] },
      })
      expect(await left()).toBe(0)
    }
  })

  test('and is too large is told so, and nothing else of it', async () => {
    options = { ...options, limitBytes: 4 }
    const { upload } = await send(file('x.pdf', '%PDF-'), end)
    expect(upload).toMatchObject({ notTaken: 'too_large' })
    expect(upload.examined).toBeUndefined()
  })

  test('may be missing', async () => {
    expect((await send(field('x', '1'), end)).upload.examined).toBeUndefined()
  })
})

describe('what is refused, and leaves nothing', () => {
  const refused = (code: string) => expect(outcome.promise).rejects.toMatchObject({ code })
  afterEach(async () => expect(await left()).toBe(0))

  test.each([
    ['two files', [file('a', 'x'), file('b', 'x'), end]],
    ['a file in another field', [file('a', 'x', 'picture'), end]],
    ['a field of 100 KB', [file('a', 'x'), field('title', 'x'.repeat(100_000)), end]],
    ['a hundred fields', [file('a', 'x'), ...Array.from({ length: 100 }, (_, index) => field(`f${index}`, 'x')), end]],
    ['a form without its end', [field('title', 'a'), file('a', 'x'.repeat(200_000))]],
    ['a form that ends within a header', [`--${boundary}\r\nContent-Disposition: form-da`]],
    ['no form at all', ['hello']],
  ])('%s', async (_, parts) => {
    const request = open()
    for (const part of parts) request.write(part)
    request.end()
    await once(request, 'response')
    await refused('bad_request')
  })

  test('a form that does not say where its parts end', async () => {
    const request = open({ 'content-type': 'multipart/form-data; charset=utf-8' })
    request.end('x')
    await once(request, 'response')
    await refused('bad_request')
  })

  test('one that is cut in the middle of its file', async () => {
    const request = open()
    request.write(field('title', 'a') + file('a', 'x'.repeat(300_000)).slice(0, -2))
    await expect.poll(left).toBe(1)
    request.destroy()
    await refused('bad_request')
  })

  test('one that falls silent', async () => {
    options = { keep: true, idleMs: 20 }
    const request = open()
    request.write(file('a', 'x'.repeat(1000)))
    await refused('bad_request')
    request.destroy()
  })

  test('one that never ends', async () => {
    options = { keep: true, limitBytes: 1000 }
    const request = open()
    request.write(file('a', 'x'))
    const more = field('f', 'x'.repeat(60_000))
    const timer = setInterval(() => request.write(file('', 'y'.repeat(1)) + more.repeat(20)), 5)
    await expect(outcome.promise).rejects.toMatchObject({ name: 'DomainError' })
    clearInterval(timer)
    request.destroy()
  })

  test('one that the disk has no room for is our fault, not the sender’s', async () => {
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'write' })
    options = {
      keep: true,
      stage: () => Promise.reject(full),
    }
    const request = open()
    request.end(file('a', 'x'.repeat(1_000_000)) + end)
    const [response] = (await once(request, 'response')) as [AsyncIterable<Buffer>]
    expect(Buffer.concat(await Array.fromAsync(response)).toString()).toBe('refused')
    await expect(outcome.promise).rejects.toBe(full)
  })
})

test('the line waits for the disk: what is sent faster than it is written does not pile up', async () => {
  const gate = Promise.withResolvers<undefined>()
  let taken = 0
  options = {
    keep: true,
    stage: async (source) =>
      storage.stage(
        (async function* slow() {
          for await (const chunk of source) {
            taken += chunk.length
            await gate.promise
            yield chunk
          }
        })(),
      ),
  }
  const request = open()
  const whole = 40 * 1024 * 1024
  request.write(file('a', '').slice(0, -2))
  const chunk = Buffer.alloc(256 * 1024)
  let offered = 0
  const offer = () => {
    for (let isFlowing = true; isFlowing && offered < whole; offered += chunk.length) isFlowing = request.write(chunk)
  }
  request.on('drain', offer)
  offer()
  await expect.poll(() => taken).toBeGreaterThan(0)
  // Nothing flows any more: what the sender holds back stays held back.
  await expect
    .poll(async () => {
      const before = offered
      await new Promise((resolve) => setTimeout(resolve, 50))
      return offered === before
    })
    .toBe(true)
  expect(taken).toBeLessThan(1024 * 1024)
  expect(offered).toBeLessThan(whole)
  gate.resolve(undefined)
  await expect.poll(() => offered, { timeout: 20_000 }).toBeGreaterThanOrEqual(whole)
  request.end(`\r\n${end}`)
  expect((await outcome.promise).file?.sizeBytes).toBeGreaterThanOrEqual(whole)
})
