import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { acceptedEncoding, isCompressible } from '#platform/http/content-encoding.ts'
import { answerFrom, storePage } from '#platform/http/stored-page.ts'

const words = Buffer.from('<p>云桥 ယူနန်</p>'.repeat(200))
const html = 'text/html; charset=utf-8'

it.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['gzip;q=1.0, br;q=0.1', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0', 'identity'],
  ['identity', 'identity'],
  ['*', 'br'],
  ['zstd', 'identity'],
])('for Accept-Encoding %j sends %s', (header, encoding) => {
  expect(acceptedEncoding(header)).toBe(encoding)
  expect(acceptedEncoding(header)).toBe(encoding)
})

it('compresses words and leaves pictures, fonts and documents alone', () => {
  const types = ['text/css', html, 'image/svg+xml', 'application/json', 'application/ld+json']
  expect(types.filter((type) => !isCompressible(type))).toEqual([])
  expect(['image/png', 'font/woff2', 'application/pdf'].filter(isCompressible)).toEqual([])
})

it('answers with the same words in every encoding', async () => {
  const page = await storePage(words, html, 'no-cache', ['X-Extra', '1'])
  const br = answerFrom(page, { 'accept-encoding': 'br' })
  const gzip = answerFrom(page, { 'accept-encoding': 'gzip' })
  const identity = answerFrom(page, {})
  expect(brotliDecompressSync(br.body!)).toEqual(words)
  expect(gunzipSync(gzip.body!)).toEqual(words)
  expect(identity.body).toEqual(words)
  for (const answer of [br, gzip, identity]) {
    expect(answer.status).toBe(200)
    expect(answer.headers).toEqual(
      expect.arrayContaining(['Cache-Control', 'no-cache', 'Vary', 'Accept-Encoding', 'X-Extra']),
    )
    expect(answer.headers[answer.headers.indexOf('Content-Length') + 1]).toBe(String(answer.body!.length))
  }
  expect(page.bytes).toBeGreaterThan(words.length + br.body!.length + gzip.body!.length)
})

it('answers 304 to whoever has the page, without its body', async () => {
  const page = await storePage(words, html, 'no-cache', [])
  const first = answerFrom(page, { 'accept-encoding': 'br' })
  const tag = first.headers[first.headers.indexOf('ETag') + 1]!
  const again = answerFrom(page, { 'accept-encoding': 'br', 'if-none-match': tag })
  expect(again).toMatchObject({ status: 304, body: undefined })
  expect(again.headers).toEqual(expect.arrayContaining(['ETag', tag]))
  expect(answerFrom(page, { 'if-none-match': '"other"' }).status).toBe(200)
})

it('leaves what cannot be compressed as it is', async () => {
  const page = await storePage(words, 'application/pdf', 'no-cache', [])
  const answer = answerFrom(page, { 'accept-encoding': 'br' })
  expect(answer.body).toBe(words)
  expect(answer.headers).not.toContain('Content-Encoding')
})
