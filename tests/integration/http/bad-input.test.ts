import { describe, expect, it } from 'vitest'
import { DomainError } from '#platform/errors.ts'
import { sql } from 'drizzle-orm'
import { html, publicOrigin, useSite } from './site.ts'
import { rawGet, sendRaw } from './raw.ts'

const site = useSite()
const form = new URLSearchParams({ a: '1' })

describe('addresses', () => {
  it.each([
    ['/xx/partners', 404],
    ['/EN', 404],
    ['/problem', 404],
    ['/en/%00', 400],
    ['/%E0%A4%A/', 400],
    ['/en/%', 400],
    ['//evil.example/', 404],
    ['/en//partners', 404],
    ['/en/../../etc/passwd', 400],
    ['/en/%2e%2e/x', 400],
    ['/en?q=%00', 400],
    ['/en?q=%E0%A4%A', 400],
    ['http://evil.example/en', 400],
  ])('%s is answered with %i, in words of the reader, and reaches no page', async (target, status) => {
    const answer = await rawGet(site.port, target, ['Accept-Language: th'])
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(Buffer.from(answer, 'latin1').toString()).toContain(
      `<html lang="${target.startsWith('/en') ? 'en' : 'th'}">${status}`,
    )
    expect(site.rendered.map(({ url }) => url)).toEqual(['/problem'])
  })

  it('of 100 KB are answered with 414', async () => {
    const response = await site.get(`/my/partners?q=${'a'.repeat(100_000)}`)
    expect(response.status).toBe(414)
    expect(await response.text()).toContain('<html lang="my">414')
  })

  it('beyond what a parser may hold are answered without words of ours getting lost', async () => {
    const answer = await rawGet(site.port, `/en?q=${'a'.repeat(400_000)}`)
    expect(answer).toMatch(/^HTTP\/1.1 431 /)
    expect(Buffer.from(answer, 'latin1').toString()).toContain('<section lang="my">')
  })

  it('lead to the same page with or without a slash at the end', async () => {
    const response = await site.get('/en/partners/?page=2')
    expect(response.status).toBe(301)
    expect(response.headers.get('location')).toBe('/en/partners?page=2')
  })
})

describe('methods', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])('%s is not allowed', async (method) => {
    const answer = await sendRaw(site.port, `${method} /en HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1.1 405 /)
    expect(answer).toMatch(/allow: GET, HEAD/i)
  })

  it('POST is not allowed on pages that only show', async () => {
    const response = await site.post('/en/partners', form)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
  })

  it('what is no HTTP is told so', async () => {
    expect(await sendRaw(site.port, 'HELLO\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /)
    expect(await rawGet(site.port, '/en/\u00e9')).toMatch(/^HTTP\/1.1 400 /)
    expect(await sendRaw(site.port, 'GET /en HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /)
    expect(
      await sendRaw(
        site.port,
        'GET /en HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n',
      ),
    ).toMatch(/^HTTP\/1.1 400 /)
  })
})

describe('forms', () => {
  it('are taken from pages of this site', async () => {
    site.show(({ body, method }) => html(`${method} ${body?.toString()}`))
    const response = await site.post('/en/office/x', form)
    expect([response.status, await response.text()]).toEqual([200, 'POST a=1'])
  })

  it.each([
    [{}],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: publicOrigin, 'sec-fetch-site': 'cross-site' }],
    [{ referer: 'https://evil.example/' }],
  ])('with %j are refused, and reach no page', async (headers) => {
    const response = await site.post('/vi/office/x', form, headers)
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('<html lang="vi">403')
    expect(site.rendered.map(({ method, url }) => [method, url])).toEqual([['GET', '/problem']])
  })

  it('that name the address on which the server listens are refused: the public one counts', async () => {
    const response = await site.post('/en/office/x', form, { origin: `http://127.0.0.1:${site.port}` })
    expect(response.status).toBe(403)
  })

  it('that are too large are refused, announced or not', async () => {
    const large = 'a'.repeat(2 * 1024 * 1024)
    expect((await site.post('/en/office/x', new URLSearchParams({ large }))).status).toBe(413)
    const stream = new ReadableStream({
      start(controller) {
        for (let count = 0; count < 40; count += 1) controller.enqueue(new Uint8Array(64 * 1024))
        controller.close()
      },
    })
    const response = await fetch(`http://127.0.0.1:${site.port}/en/office/x`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { origin: publicOrigin, 'content-type': 'application/x-www-form-urlencoded' },
    } as RequestInit)
    expect(response.status).toBe(413)
    expect(site.rendered.map(({ url }) => url)).toEqual(['/problem', '/problem'])
  })

  it('of another type are refused', async () => {
    const response = await site.post('/en/office/x', '<a/>', {
      origin: publicOrigin,
      'content-type': 'application/xml',
    })
    expect(response.status).toBe(400)
  })

  it('that break off disturb nobody', async () => {
    const answer = sendRaw(
      site.port,
      `POST /en/office/x HTTP/1.1\r\nHost: a\r\nOrigin: ${publicOrigin}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc\r\nGARBAGE`,
    )
    expect(await answer).toMatch(/^HTTP\/1.1 400 /)
    expect((await site.get('/en')).status).toBe(200)
    expect(site.logged.filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe('what goes wrong in a page', () => {
  it('is told with the status of its code', async () => {
    site.show((_, locals) => {
      if (locals.problem !== undefined) return html(`${locals.problem.code} ${locals.problem.path}`, { status: 409 })
      locals.failure = new DomainError('stale_version')
      return html('', { status: 500 })
    })
    const response = await site.get('/en/office/x?y=1')
    expect([response.status, await response.text()]).toEqual([409, 'stale_version /en/office/x?y=1'])
    expect(site.logged).toEqual([])
  })

  it('is, when nobody expected it, logged under the number that the reader is shown, without a word of the cause', async () => {
    let shown = ''
    site.show((_, locals) => {
      if (locals.problem === undefined) throw new Error('secret cause')
      shown = locals.requestId
      return html(`${locals.problem.code} ${locals.requestId}`, { status: 500 })
    })
    const response = await site.get('/en/partners')
    expect([response.status, await response.text()]).toEqual([500, `internal ${shown}`])
    expect(site.logged).toMatchObject([{ level: 'error', fields: { requestId: shown, path: '/en/partners' } }])
  })

  it('is told in plain words when the page of errors fails as well', async () => {
    site.show(() => {
      throw new Error('secret cause')
    })
    for (const locale of ['zh', 'en', 'th', 'vi', 'my']) {
      const response = await site.get(`/${locale}/partners`)
      const words = await response.text()
      expect(response.status).toBe(500)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(words).toContain(locale === 'zh' ? '<html lang="zh-Hans">' : `<html lang="${locale}">`)
      expect(words).toMatch(/<h1>[^<]{5,}<\/h1>/)
      expect(words).not.toContain('secret')
    }
  })

  it('is told as a page where a page says no word itself', async () => {
    site.show((_, locals) => {
      if (locals.problem !== undefined) return html(`page of ${locals.problem.code}`, { status: locals.problem.status })
      return { status: 404, headers: { 'content-type': 'text/plain' }, body: Buffer.from('Not found') }
    })
    const response = await site.get('/en/partners/nobody')
    expect([response.status, await response.text()]).toEqual([404, 'page of not_found'])
  })

  it('leaves alone what a page says itself', async () => {
    site.show(() => html('<form>as typed</form>', { status: 422 }))
    const response = await site.post('/en/office/x', form)
    expect([response.status, await response.text()]).toEqual([422, '<form>as typed</form>'])
  })

  it('is told to machines in their form', async () => {
    const response = await site.get('/api/v1/%00')
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status: 400, code: 'bad_request' })
  })
})

it('changes nothing in the database, whatever comes', async () => {
  for (const path of ['/xx', '/en/%00', '//x', '/en?q=%00']) await rawGet(site.port, path)
  await site.post('/en/office/x', form, { origin: 'https://evil.example' })
  const [row] = await site.database.database.execute<{ rows: number }>(
    sql`select count(*)::int as rows from audit_events`,
  )
  expect(row?.rows).toBe(0)
})
