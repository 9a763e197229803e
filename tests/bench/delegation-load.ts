import { readdirSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'
import { pageCount } from '#platform/pdf/document.ts'
import { startProcess, type SiteProcess } from '#tests/integration/http/process.ts'
import { getPage, pauseToRead, percentile, readers } from './readers.ts'
import { type BenchRow, median } from './rows.ts'

/** Delegation briefs that are asked for at once. One network may have thirty within a quarter of an hour. */
const people = 20

/** Partners in each, in two languages: some forty pages; and by how many the next one's are others. */
const [itemsEach, stride] = [16, 11]

const slowestPageMs = 100

const slugsOf = (kind: 'partners' | 'labs' | 'facilities') =>
  readdirSync(new URL(`../../content/${kind}/`, import.meta.url))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()

const partners = slugsOf('partners')

/** Every page of a record and every list, in each language: more than are read. */
const pages: readonly string[] = [
  ...partners.map((slug) => (locale: Locale) => paths.partner(locale, slug)),
  ...slugsOf('labs').map((slug) => (locale: Locale) => paths.lab(locale, slug)),
  ...slugsOf('facilities').map((slug) => (locale: Locale) => paths.facility(locale, slug)),
  paths.partners,
  paths.labs,
  paths.agreements,
  paths.network,
]
  .flatMap((pathOf) => locales.map(pathOf))
  // Neighbours are not alike: a fixed shuffle, the same in every run.
  .map((path, at) => ({ path, place: (at * 7919) % 10_007 }))
  .toSorted((one, other) => one.place - other.place)
  .map(({ path }) => path)

/** Pages that everybody reads, and so are in the cache; and of how many pages one is read for the first time. */
const [popular, newEvery] = [100, 5]

interface Reading {
  readonly isNew: boolean
  readonly ms: number
}

/** The pages of a site while twenty briefs are made for visitors, and the same pages of another with nothing else to do. */
export async function benchDelegationLoad(): Promise<BenchRow[]> {
  const busy = await onSite(async (site) => {
    await warmUp(site)
    const begun = performance.now()
    let isUnderWay = true
    const made = Promise.all(Array.from({ length: people }, (_, at) => makeBrief(site, at))).finally(
      () => (isUnderWay = false),
    )
    const [pagesRead, briefs] = await Promise.all([read(site, () => isUnderWay), made])
    return { pagesRead, briefs, tookMs: performance.now() - begun }
  })
  const quiet = await onSite(async (site) => {
    await warmUp(site)
    return read(site, (count) => count < busy.pagesRead.length)
  })
  const row = (what: string, readings: readonly Reading[], budgetMs?: number): BenchRow => {
    const times = readings.map(({ ms }) => ms)
    const p99 = percentile(times, 0.99)
    return {
      what,
      measured: `p50 ${percentile(times, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
      budget: budgetMs === undefined ? '' : `p99 ≤ ${budgetMs} ms`,
      isWithin: budgetMs === undefined || p99 <= budgetMs,
    }
  }
  const seconds = (busy.tookMs / 1000).toFixed(1)
  return [
    row(
      `${busy.pagesRead.length} pages, every fifth read for the first time, while ${people} delegation briefs of some ${median(busy.briefs)} pages are made at once (all ready in ${seconds} s)`,
      busy.pagesRead,
      slowestPageMs,
    ),
    row(
      'of these, those read for the first time',
      busy.pagesRead.filter(({ isNew }) => isNew),
    ),
    row('the same pages with nothing else going on', quiet),
    row(
      'of these, those read for the first time',
      quiet.filter(({ isNew }) => isNew),
    ),
  ]
}

async function onSite<Result>(use: (site: SiteProcess) => Promise<Result>): Promise<Result> {
  const site = await startProcess({ LOG_LEVEL: 'warn' })
  try {
    return await use(site)
  } finally {
    await site.remove()
  }
}

/** The site as it is when it has been running for a while. */
async function warmUp(site: SiteProcess): Promise<void> {
  for (const path of pages.slice(0, popular)) await getPage(site.origin, path)
  await makeBrief(site, people)
}

/** Readers, each with a page before them for a while, as long as it is to go on. @returns how long each page took */
async function read({ origin }: SiteProcess, goesOn: (count: number) => boolean): Promise<Reading[]> {
  const readings: Reading[] = []
  let [count, last] = [0, popular]
  const reader = async () => {
    for (;;) {
      await pauseToRead()
      if (!goesOn(count)) return
      const isNew = ++count % newEvery === 0
      const path = pages[isNew ? last++ % pages.length : (count * 31) % popular] ?? ''
      const start = performance.now()
      await getPage(origin, path)
      readings.push({ isNew, ms: performance.now() - start })
    }
  }
  await Promise.all(Array.from({ length: readers }, reader))
  return readings
}

/** What a visitor's browser does to have a brief: adds, orders, waits on the brief's page, fetches. @returns its pages */
async function makeBrief(site: SiteProcess, at: number): Promise<number> {
  const locale = locales[at % locales.length] ?? 'en'
  const second: Locale = locale === 'th' ? 'zh' : 'th'
  const here = paths.selection(locale)
  const items = Array.from({ length: itemsEach }, (_, n) => partners[(at * stride + n) % partners.length])
  const added = await send(site, here, [['do', 'add'], ...items.map((slug) => ['item', `partner/${slug}`] as const)])
  const [cookie = ''] = (added.headers.getSetCookie()[0] ?? '').split(';')
  const page = await (await site.get(here, { cookie })).text()
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? ''
  const fields = { do: 'make', token: crypto.randomUUID(), version, title: `Bench ${at}`, first: locale, second }
  const ordered = await send(site, here, Object.entries(fields), cookie)
  const made = new URL(ordered.headers.get('location') ?? '', site.origin).pathname
  for (;;) {
    const waits = await site.get(made)
    const text = await waits.text()
    const refresh = waits.headers.get('refresh')
    if (refresh === null) {
      const file = await site.get(/href="([^"]+\.pdf)"/.exec(text)?.[1] ?? '')
      return pageCount(new Uint8Array(await file.arrayBuffer()))
    }
    await setTimeout(Number(refresh) * 1000)
  }
}

/** Sends a form. @throws Error where it is not answered by leading on */
async function send(
  { origin }: SiteProcess,
  path: string,
  fields: readonly (readonly [string, string])[],
  cookie = '',
): Promise<Response> {
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value]))
  const headers = { origin, ...(cookie !== '' && { cookie }) }
  const answer = await fetch(`${origin}${path}`, { method: 'POST', body, headers, redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`${path} was answered with ${answer.status}`)
  return answer
}
