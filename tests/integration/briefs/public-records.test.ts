import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languageTags, type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { type BriefKind, paths } from '#platform/paths.ts'
import { pageContents, pdftotext } from '#tests/unit/platform/pdf/tools.ts'
import { type SiteProcess, startProcess } from '../http/process.ts'
import { bestWords, packRecord, type PackRecord, packSlugs } from './pack.ts'

let site: SiteProcess
beforeAll(async () => {
  site = await startProcess()
})
afterAll(() => site.remove())

/** Whether words stand in the text of a PDF letter for letter: lines may end between any two of them. */
function stands(words: string, text: string): boolean {
  const letters = (word: string) => Array.from(word, (letter) => RegExp.escape(letter)).join('[\\n\\f]*')
  return new RegExp(words.split(/\s+/u).map(letters).join('\\s+'), 'u').test(text)
}

/** The words of a page, as a reader sees them. */
function wordsOf(html: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'" }
  const body = html.slice(html.indexOf('<main'), html.indexOf('</main>'))
  return body
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/\s+/gu, ' ')
}

const heading = (html: string) => wordsOf(`<main${/<h1.*?<\/h1>/su.exec(html)?.[0] ?? ''}</main>`).trim()

const inAll = <Item>(items: readonly Item[]) =>
  items.flatMap((item) => locales.map((locale) => [item, locale] as const))

async function brief(kind: BriefKind, slug: string, locale: Locale): Promise<string> {
  const answer = await site.get(paths.brief(locale, kind, slug))
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const text = pdftotext(new Uint8Array(await answer.arrayBuffer()), 'in the order of drawing')
  expect(text.normalize('NFC')).toBe(text)
  return text
}

/** What a record says in a language, title first. */
const said = ({ name, summary, parties }: PackRecord, locale: Locale) =>
  [name, summary, ...parties].map((words) => bestWords(words, locale))

describe('the public agreements of the content pack', () => {
  const agreements = packSlugs('agreements').map((slug) => packRecord('agreements', slug))

  test('are ten, each in five languages', () => {
    expect(agreements).toHaveLength(10)
    for (const { name, summary, parties } of agreements) {
      expect(Object.keys(name)).toEqual([...locales])
      expect(Object.values(summary).every(Boolean)).toBe(true)
      expect(parties.length).toBeGreaterThanOrEqual(2)
    }
  })

  test.each(inAll(agreements.map(({ slug }) => slug)))('%s is read in %s, and printed', async (slug, locale) => {
    const record = packRecord('agreements', slug)
    const answer = await site.get(paths.agreement(locale, slug))
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(html).toContain(`<html lang="${languageTags[locale]}"`)
    expect(heading(html)).toBe(record.name[locale])
    for (const words of said(record, locale)) expect(wordsOf(html)).toContain(words)
    const text = await brief('agreements', slug, locale)
    for (const words of said(record, locale)) expect(stands(words, text), `${words}\nin\n${text}`).toBe(true)
  })
})

const others = [
  ['partners', 'university-of-yangon'],
  ['labs', 'southeast-asia-biodiversity-research-institute'],
  ['facilities', 'china-asean-innovation-centre'],
] as const

describe.each(others)('a brief of %s', (kind, slug) => {
  test.each(locales)('gives name and summary back in %s, letter for letter', async (locale) => {
    const record = packRecord(kind, slug)
    expect([record.name[locale], record.summary[locale]]).not.toContain(undefined)
    const text = await brief(kind, slug, locale)
    for (const words of said(record, locale)) expect(stands(words, text), `${words}\nin\n${text}`).toBe(true)
  })
})

/** The document that a page offers, and what it says of it before the download. */
async function offered(path: string) {
  const answer = await site.get(path)
  const html = await answer.text()
  const href = /<a class="button" href="([^"]+)" type="application\/pdf"/.exec(html)?.[1]?.replaceAll('&#38;', '&')
  const [, pages, size] = /PDF, (\d+) pages?, (\d+) KB/.exec(html) ?? []
  return { status: answer.status, href: href?.replaceAll('&amp;', '&') ?? '', pages: Number(pages), size: Number(size) }
}

describe('a download', () => {
  test.each([
    '/en/briefs/partners/chulalongkorn-university',
    '/en/briefs/labs/southeast-asia-biodiversity-research-institute?in=th&with=my',
    '/en/briefs/facilities/china-asean-innovation-centre?with=zh',
    '/en/briefs/countries/th?in=my',
    '/en/briefs/catalogue/all?in=vi&with=en',
    '/en/briefs/agreements/walailak-university-yunnan-university-2025',
    '/en/briefs/register/all?country=TH&kind=memorandum_of_understanding&in=zh',
  ])('of %s is as large as it is said to be', async (path) => {
    const { status, href, pages, size } = await offered(path)
    expect(status).toBe(200)
    const answer = await site.get(href)
    const pdf = new Uint8Array(await answer.arrayBuffer())
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect([pages, size]).toEqual([pageContents(pdf).length, Math.ceil(pdf.length / 1024)])
  })

  test('of a record is said on its page, once it is known', async () => {
    const page = '/en/partners/university-of-yangon'
    await expect.poll(async () => (await (await site.get(page)).text()).match(/PDF, \d+ pages?, \d+ KB/g)).toBeTruthy()
    const html = await (await site.get(page)).text()
    for (const locale of locales) expect(html).toContain(`href="/${locale}/briefs/partners/university-of-yangon.pdf"`)
    expect(html).toContain('action="/en/briefs/partners/university-of-yangon"')
  })
})

test.each(locales)('what an address asks for in vain is told in %s', async (locale) => {
  const t = translator(locale)
  for (const [path, status, message] of [
    [`/briefs/partners/chulalongkorn-university?with=${locale}`, 400, t('errors:brief_languages')],
    ['/briefs/partners/chulalongkorn-university.pdf?with=lo', 400, t('errors:brief_languages')],
    ['/briefs/countries/th.pdf?with=zh&with=en', 400, t('errors:brief_languages')],
    ['/briefs/countries/zz', 404, t('errors:not_found')],
    ['/briefs/countries/TH.pdf', 404, t('errors:not_found')],
    ['/briefs/catalogue/some.pdf', 404, t('errors:not_found')],
    ['/briefs/register/all.pdf?country=ZZ', 400, t('errors:bad_request')],
    ['/office/agreements/report.pdf', 303, ''],
    ['/office/agreements/0190f5a0-0000-7000-8000-000000000000/brief', 303, ''],
  ] as const) {
    const answer = await site.get(`/${locale}${path}`)
    expect([path, answer.status]).toEqual([path, status])
    expect(wordsOf(`<main${(await answer.text()).split('<main')[1] ?? '></main>'}`)).toContain(message)
  }
})
