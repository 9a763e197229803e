import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languageTags, type Locale, locales } from '#platform/i18n/locales.ts'
import { type BriefKind, paths } from '#platform/paths.ts'
import { pdftotext } from '#tests/unit/platform/pdf/tools.ts'
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
