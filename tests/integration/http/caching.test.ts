import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it, vi } from 'vitest'
import { connect } from '#db/client.ts'
import { announceChange } from '#platform/changes.ts'
import { html, useSite } from './site.ts'
import { rawGet } from './raw.ts'

const site = useSite()
const session = `yunqiao_session=${'a'.repeat(40)}`
const long = 'ยูนนาน '.repeat(200)

/** A page that is another one every time it is rendered. */
function counted() {
  let count = 0
  site.show(() => html(`${(count += 1)} ${long}`))
}

const numberOf = async (response: Response | Promise<Response>) => (await (await response).text()).split(' ', 1)[0]

const bodyOf = (answer: string) => Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1')

it('renders a page once, and serves it in the encoding that the reader likes best', async () => {
  counted()
  await site.get('/th/partners')
  const br = await rawGet(site.port, '/th/partners', ['Accept-Encoding: gzip, deflate, br, zstd'])
  const gzip = await rawGet(site.port, '/th/partners', ['Accept-Encoding: gzip'])
  const plain = await rawGet(site.port, '/th/partners')
  expect(br).toMatch(/content-encoding: br/i)
  expect(gzip).toMatch(/content-encoding: gzip/i)
  expect(plain).not.toMatch(/content-encoding/i)
  for (const body of [brotliDecompressSync(bodyOf(br)), gunzipSync(bodyOf(gzip)), bodyOf(plain)]) {
    expect(body.toString()).toBe(`1 ${long}`)
  }
  for (const answer of [br, gzip, plain]) {
    expect(answer).toMatch(/vary: accept-encoding/i)
    expect(answer).toMatch(/cache-control: no-cache/i)
    expect(answer).toMatch(/content-security-policy: default-src 'none'/i)
    expect(answer).not.toMatch(/unsafe-inline/)
    expect(answer).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} /)
  }
})

it('answers 304 to whoever has the page, and 200 again when it has changed', async () => {
  counted()
  const first = await site.get('/en/partners')
  const tag = first.headers.get('etag') ?? ''
  const again = await site.get('/en/partners', { 'if-none-match': tag })
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
  site.server.cache.drop(['partner'])
  const changed = await site.get('/en/partners', { 'if-none-match': tag })
  expect([changed.status, await numberOf(changed)]).toEqual([200, '2'])
})

it('answers HEAD with what GET would have, and no body', async () => {
  counted()
  for (const _ of ['not cached', 'cached']) {
    const answer = await fetch(`http://127.0.0.1:${site.port}/en/labs`, {
      method: 'HEAD',
      headers: { 'accept-encoding': 'identity' },
    })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(`1 ${long}`))
  }
  expect(site.rendered).toHaveLength(1)
})

it('makes one page of addresses that differ in what the page does not read', async () => {
  counted()
  const addresses = [
    '/en/partners?country=TH&page=2',
    '/en/partners?page=2&country=TH&utm_source=x',
    '/en/partners?page=2&q=&country=TH',
  ]
  for (const address of addresses) expect(await numberOf(site.get(address))).toBe('1')
  expect(site.rendered.map(({ url }) => url)).toEqual(['/en/partners?country=TH&page=2'])
  expect(await numberOf(site.get('/en/partners?country=TH'))).toBe('2')
  expect(await numberOf(site.get('/en/partners?country=TH&country=VN'))).toBe('3')
})

it('renders for anybody: what one reader sent does not reach a page that all will see', async () => {
  await site.get('/en/partners', {
    cookie: 'locale=en; a=b',
    'user-agent': 'someone',
    'accept-language': 'th',
    'x-forwarded-for': '1.2.3.4',
  })
  expect(site.rendered[0]).toEqual({ method: 'GET', url: '/en/partners', headers: {}, clientAddress: '' })
})

it('neither serves the cached page to somebody with a session, nor keeps the one made for them', async () => {
  counted()
  expect(await numberOf(site.get('/en/partners'))).toBe('1')
  const own = await site.get('/en/partners', { cookie: session })
  expect(own.headers.get('cache-control')).toBe('no-store')
  expect(own.headers.get('etag')).toBeNull()
  expect(await numberOf(own)).toBe('2')
  expect(await numberOf(site.get('/en/partners'))).toBe('1')
  site.server.cache.flush()
  expect(await numberOf(site.get('/en/partners', { cookie: session }))).toBe('3')
  expect(await numberOf(site.get('/en/partners'))).toBe('4')
})

it('keeps nothing that sets a cookie, and gives it to nobody else', async () => {
  let count = 0
  site.show(async () => {
    const number = (count += 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    return html(`${number}`, { headers: { 'set-cookie': `n=${number}` } })
  })
  const both = await Promise.all([site.get('/en/partners'), site.get('/en/partners'), site.get('/en/partners')])
  const cookies = both.map((response) => response.headers.get('set-cookie'))
  expect(new Set(cookies).size).toBe(3)
  expect(site.server.cache.counts().entries).toBe(0)
})

it.each([404, 410, 500, 302])('keeps no answer with status %i', async (status) => {
  let count = 0
  site.show(() => html(`${(count += 1)}`, { status, headers: status === 302 ? { location: '/en' } : {} }))
  await site.get('/en/partners/a')
  await site.get('/en/partners/a')
  expect(count).toBe(2)
  expect(site.server.cache.counts().entries).toBe(0)
})

it('keeps no page of the office', async () => {
  counted()
  expect(await numberOf(site.get('/en/office/sign-in'))).toBe('1')
  expect(await numberOf(site.get('/en/office/sign-in'))).toBe('2')
})

it('renders once for many who ask at the same time', async () => {
  let count = 0
  site.show(async () => {
    count += 1
    await new Promise((resolve) => setTimeout(resolve, 30))
    return html(`${count}`)
  })
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => site.get('/en/partners').then((response) => response.text())),
  )
  expect(new Set(answers)).toEqual(new Set(['1']))
})

it('shows a committed change, and not one that was rolled back', async () => {
  counted()
  await site.get('/en/partners')
  await site.database.database
    .transaction(async (tx) => {
      await announceChange(tx, ['partner'])
      throw new Error('rolled back')
    })
    .catch(() => undefined)
  await site.server.changes.settled()
  expect(await numberOf(site.get('/en/partners'))).toBe('1')
  await site.database.database.transaction((tx) => announceChange(tx, ['partner']))
  await site.server.changes.settled()
  expect(await numberOf(site.get('/en/partners'))).toBe('2')
  await site.database.database.transaction((tx) => announceChange(tx, ['nothing that it shows']))
  await site.server.changes.settled()
  expect(await numberOf(site.get('/en/partners'))).toBe('2')
})

it('shows a change that a page names while it renders', async () => {
  let count = 0
  site.show((_, locals) => {
    locals.cacheTags.add('partner:7')
    return html(`${(count += 1)}`)
  })
  await site.get('/en/about')
  site.server.cache.drop(['partner:8'])
  expect(await numberOf(site.get('/en/about'))).toBe('1')
  site.server.cache.drop(['partner:7'])
  expect(await numberOf(site.get('/en/about'))).toBe('2')
})

it('shows whoever wrote what was written, at once', async () => {
  let words = 'before'
  site.show(async ({ method }) => {
    if (method === 'GET') return html(words)
    await site.database.database.transaction(async (tx) => {
      words = 'after'
      await announceChange(tx, ['agreement'])
    })
    return { status: 303, headers: { location: '/en/agreements' }, body: Buffer.alloc(0) }
  })
  for (let round = 0; round < 20; round += 1) {
    words = 'before'
    site.server.cache.flush()
    expect(await (await site.get('/en/agreements')).text()).toBe('before')
    expect((await site.post('/en/office/agreements', new URLSearchParams())).status).toBe(303)
    expect(await (await site.get('/en/agreements')).text()).toBe('after')
  }
})

it('forgets everything when it may have missed a change, and caches again when it hears again', async () => {
  counted()
  await site.get('/en/partners')
  const owner = connect(site.database.target, { as: 'owner', max: 1 })
  const ended = await owner`
    select pg_terminate_backend(pid) as ended from pg_stat_activity
    where datname = current_database() and application_name = 'yunqiao changes'`
  await owner.end()
  expect(ended).toMatchObject([{ ended: true }])
  await vi.waitFor(() => expect(site.server.cache.counts().entries).toBe(0))
  expect(site.logged.filter(({ level }) => level === 'warn')).toHaveLength(1)
  await vi.waitFor(async () => {
    await site.get('/en/partners')
    expect(site.server.cache.counts().entries).toBe(1)
  })
  await site.database.database.transaction((tx) => announceChange(tx, ['partner']))
  await site.server.changes.settled()
  expect(site.server.cache.counts().entries).toBe(0)
})

it('shows the new day at the midnight of the office', async () => {
  counted()
  site.clock.set('2026-03-02T15:59:59Z')
  site.server.cache.flush()
  expect(await numberOf(site.get('/en/partners'))).toBe('1')
  site.clock.set('2026-03-02T16:00:00Z')
  expect(await numberOf(site.get('/en/partners'))).toBe('2')
  expect(await numberOf(site.get('/en/partners'))).toBe('2')
})

it('keeps documents as they are', async () => {
  const bytes = Buffer.from('%PDF-1.7 '.repeat(1000))
  site.show(() => ({
    status: 200,
    headers: { 'content-type': 'application/pdf', 'content-disposition': 'inline' },
    body: bytes,
  }))
  for (const _ of ['not cached', 'cached']) {
    const response = await site.get('/my/briefs/partners/a.pdf')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(response.headers.get('content-disposition')).toBe('inline')
  }
  expect(site.rendered).toHaveLength(1)
})

it('serves files with their own lifetime, compressed', async () => {
  const response = await site.get('/mark.svg', { 'accept-encoding': 'br' })
  expect(response.headers.get('content-type')).toBe('image/svg+xml')
  expect(response.headers.get('cache-control')).toBe('public, max-age=86400')
  expect(response.headers.get('content-encoding')).toBe('br')
  const again = await site.get('/mark.svg', { 'if-none-match': response.headers.get('etag') ?? '' })
  expect(again.status).toBe(304)
  expect((await site.get('/other.svg')).status).toBe(404)
  expect(site.rendered.map(({ url }) => url)).toEqual(['/problem'])
})
