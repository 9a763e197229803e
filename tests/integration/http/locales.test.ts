import { expect, it } from 'vitest'
import { publicOrigin, useSite } from './site.ts'

const site = useSite()

it.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['lo-LA,lo;q=0.9', 'th'],
  ['km-KH', 'en'],
  ['my', 'my'],
])('sends a reader who asks for %s to /%s', async (language, locale) => {
  const response = await site.get('/', { 'accept-language': language })
  expect([response.status, response.headers.get('location')]).toEqual([302, `/${locale}`])
  expect(response.headers.get('vary')).toBe('Accept-Language, Cookie')
})

it('sends a reader to the locale chosen before, with the query', async () => {
  const response = await site.get('/?utm_source=mail', { 'accept-language': 'zh', cookie: 'locale=vi' })
  expect(response.headers.get('location')).toBe('/vi?utm_source=mail')
})

it('remembers a locale when a link from another one is followed, cached or not', async () => {
  for (const _ of ['not cached', 'cached']) {
    const response = await site.get('/th/partners', { referer: `${publicOrigin}/en/partners` })
    expect(response.status).toBe(200)
    expect(response.headers.get('set-cookie')).toMatch(/^locale=th; Path=\/; Max-Age=\d+; SameSite=Lax; HttpOnly$/)
    const within = await site.get('/th/partners', { referer: `${publicOrigin}/th/labs` })
    expect(within.headers.get('set-cookie')).toBeNull()
  }
  const office = await site.get('/my/office/sign-in', { referer: `${publicOrigin}/en/office/sign-in` })
  expect(office.headers.get('set-cookie')).toMatch(/^locale=my;/)
})

it('says who it is from the public address, never from what the client calls it', async () => {
  const seen: (string | undefined)[] = []
  site.show((request, locals) => {
    seen.push(locals.context.config.baseUrl)
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from(String(request.headers.host)) }
  })
  await site.get('/en/office/x', { host: 'evil.example', 'x-forwarded-host': 'evil.example' })
  expect(seen).toEqual([publicOrigin])
})

it('tells whether it lives and whether it can serve', async () => {
  expect(await (await site.get('/healthz')).text()).toBe('ok\n')
  expect(await (await site.get('/readyz')).text()).toBe('ready\n')
})
