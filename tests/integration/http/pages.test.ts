import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namespaces } from '#platform/i18n/keys.ts'
import { languageTags, locales } from '#platform/i18n/locales.ts'
import { rawGet } from './raw.ts'
import { type SiteProcess, startProcess } from './process.ts'

let site: SiteProcess

beforeAll(async () => {
  site = await startProcess()
}, 180_000)

afterAll(() => site.remove(), 60_000)

const lists = [
  '',
  '/partners',
  '/labs',
  '/catalogue',
  '/network',
  '/agreements',
  '/briefs',
  '/about',
  '/policy',
  '/office/sign-in',
]
const records = ['partners', 'labs', 'catalogue', 'agreements']

const text = async (path: string) => (await site.get(path)).text()
const locations = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => new URL(match[1]!).pathname)

/** One record of each kind, as the sitemaps name them. */
async function addressOf(folder: string): Promise<string> {
  for (const sitemap of locations(await text('/sitemap.xml'))) {
    const found = locations(await text(sitemap)).find((path) => path.startsWith(`/zh/${folder}/`))
    if (found !== undefined) return found.slice('/zh'.length)
  }
  throw new Error(`no sitemap lists ${folder}`)
}

/** What a page must be, whatever it shows. */
async function checkPage(path: string, locale: (typeof locales)[number]): Promise<void> {
  const response = await site.get(path)
  const html = await response.text()
  expect(response.status, path).toBe(200)
  expect(html, path).toMatch(new RegExp(`<html lang="${languageTags[locale]}"`))
  expect(html, `${path} shows a key`).not.toMatch(new RegExp(`[>"](?:${namespaces.join('|')}):[a-z_]+[.a-z_]*[<"]`))
  expect(html, `${path} shows a parameter`).not.toMatch(/\{\{|\[object Object\]|>undefined<|>null</)
  // The content security policy would leave these out.
  expect(html, `${path} has styles of its own`).not.toMatch(/<style|\sstyle="/)
  // The office alone has a script, and it is a file.
  const script = path.includes('/office/') ? /<script(?![^>]*\ssrc=)|\son[a-z]+="/ : /<script|\son[a-z]+="/
  expect(html.replaceAll(/<script type="application\/ld\+json">/g, ''), `${path} has a script of its own`).not.toMatch(
    script,
  )
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1])
  expect(new Set(ids).size, `${path} uses an id twice`).toBe(ids.length)
}

describe.each(locales)('in %s', (locale) => {
  it.each(lists)('the page %j is there', async (path) => {
    await checkPage(`/${locale}${path}`, locale)
  })

  it.each(records)('a page of %s is there', async (folder) => {
    await checkPage(`/${locale}${await addressOf(folder)}`, locale)
  })

  it('errors are told in the language of the address', async () => {
    for (const [path, status] of [
      ['/nothing', 404],
      ['/partners/nobody', 404],
      ['/labs/nothing', 404],
      ['/catalogue/nothing', 404],
      ['/agreements/nothing', 404],
      ['/briefs/partners/nobody.pdf', 404],
      ['/briefs/partners/nobody', 404],
      ['/briefs/nothing/x.pdf', 404],
      ['/partners?page=0', 404],
      ['/partners?page=-1', 400],
      ['/partners?page=1e9', 400],
      ['/partners?page=1000000000', 404],
      ['/partners?page=abc', 400],
      ['/partners?page=1&page=2', 400],
      ['/partners?country=XX', 400],
      ['/partners?kind=%F0%9F%8C%89', 400],
      ['/labs?stage=imagined', 400],
      ['/agreements?page=%20', 400],
      [`/partners?q=${'a'.repeat(500)}`, 400],
      ['/partners/%00', 400],
      ['/partners/..%2f..%2fetc', 400],
    ] as const) {
      const response = await site.get(`/${locale}${path}`)
      expect(response.status, path).toBe(status)
      const html = await response.text()
      expect(html, path).toMatch(new RegExp(`<html lang="${languageTags[locale]}"`))
      expect(html, path).not.toMatch(/node_modules|file:\/\/|\.ts:\d|\bat [\w.]+ \(/)
    }
  })
})

it('answers an address in no locale in the language of the reader', async () => {
  for (const locale of locales) {
    const response = await site.get('/xx/partners', { 'accept-language': `${locale};q=0.9,en;q=0.1` })
    expect(response.status).toBe(404)
    expect(await response.text()).toContain(`<html lang="${languageTags[locale]}"`)
  }
})

it('lists in its sitemaps every page in every locale, once, and all of them are there', async () => {
  const all: string[] = []
  for (const sitemap of locations(await text('/sitemap.xml'))) all.push(...locations(await text(sitemap)))
  expect(new Set(all).size).toBe(all.length)
  expect(all.length % locales.length).toBe(0)
  const sample = all.filter((_, index) => index % 97 === 0)
  for (const path of sample) expect((await site.get(path)).status, path).toBe(200)
  expect((await site.get('/sitemap-partner-99.xml')).status).toBe(404)
  expect(await text('/robots.txt')).toContain(`Sitemap: ${site.origin}/sitemap.xml`)
})

it('serves a brief as a document', async () => {
  const response = await site.get(`/my/briefs${await addressOf('partners')}.pdf`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(Buffer.from(await response.arrayBuffer()).toString('latin1')).toMatch(/^%PDF-/)
})

it('serves the files of its pages for good, compressed when they were built', async () => {
  const html = await text('/en')
  const [css] = /\/_astro\/[\w.-]+\.css/.exec(html) ?? []
  const response = await site.get(css ?? '', { 'accept-encoding': 'br' })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-encoding')).toBe('br')
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
})

it('sends the security headers with pages, files, errors and redirects', async () => {
  for (const path of ['/en', '/icons/mark.svg', '/en/nothing', '/', '/robots.txt', '/healthz', '/en/']) {
    const { headers } = await site.get(path)
    expect(headers.get('content-security-policy'), path).toMatch(/^default-src 'none';.*frame-ancestors 'none'/)
    expect(headers.get('content-security-policy'), path).not.toContain('unsafe')
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('referrer-policy'), path).toBe('same-origin')
  }
})

it('builds addresses from its public one, whatever the client calls it', async () => {
  const answer = await rawGet(site.port, '/en', ['X-Forwarded-Host: evil.example', 'Forwarded: host=evil.example'])
  expect(answer).toContain(`<link rel="canonical" href="${site.origin}/en">`)
  expect(answer).not.toMatch(/evil|http:\/\/a\//)
})
