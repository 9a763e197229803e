import { chromium, type Page } from '@playwright/test'
import { systemChromium } from '#cli/bootstrap/chromium.mjs'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import type { SiteProcess } from '#tests/integration/http/process.ts'
import type { BenchRow } from './rows.ts'

const kinds = ['document', 'stylesheet', 'script', 'font'] as const
type Kind = (typeof kinds)[number]
type Weight = Record<Kind, number>

const kilobyte = 1024

/** Bytes at most, compressed; fonts by locale. */
const budgets: Readonly<Record<Kind, (locale: Locale) => number>> = {
  document: () => 25 * kilobyte,
  stylesheet: () => 20 * kilobyte,
  script: () => 10 * kilobyte,
  font: (locale) => (locale === 'my' ? 60 * kilobyte : 0),
}

const paths = ['', '/partners', '/labs', '/catalogue', '/network', '/agreements', '/briefs', '/about']

/** What a real browser loads for each page, compressed, with an empty cache: the heaviest page of each locale. */
export async function benchWeights(site: SiteProcess): Promise<BenchRow[]> {
  const executablePath = systemChromium()
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] })
  try {
    const rows: BenchRow[] = []
    for (const locale of locales) {
      const heaviest: Weight = { document: 0, stylesheet: 0, script: 0, font: 0 }
      for (const path of [...paths, await profileOf(site)]) {
        const context = await browser.newContext({ extraHTTPHeaders: { 'accept-encoding': 'gzip, deflate, br' } })
        const weight = await weigh(await context.newPage(), `${site.origin}/${locale}${path}`)
        for (const kind of kinds) heaviest[kind] = Math.max(heaviest[kind], weight[kind])
        await context.close()
      }
      rows.push(rowOf(locale, heaviest))
    }
    return rows
  } finally {
    await browser.close()
  }
}

async function profileOf(site: SiteProcess): Promise<string> {
  const html = await (await site.get('/en/partners')).text()
  return /\/en(\/partners\/[\w-]+)"/.exec(html)?.[1] ?? ''
}

async function weigh(page: Page, address: string): Promise<Weight> {
  const weight: Weight = { document: 0, stylesheet: 0, script: 0, font: 0 }
  const sizes: Promise<void>[] = []
  page.on('requestfinished', (request) => {
    const kind = kinds.find((candidate) => candidate === request.resourceType())
    if (kind === undefined) return
    sizes.push(
      request.sizes().then(({ responseBodySize }) => {
        weight[kind] += responseBodySize
      }),
    )
  })
  await page.goto(address, { waitUntil: 'networkidle' })
  await Promise.all(sizes)
  return weight
}

function rowOf(locale: Locale, weight: Weight): BenchRow {
  const names: Readonly<Record<Kind, string>> = { document: 'HTML', stylesheet: 'CSS', script: 'JS', font: 'fonts' }
  const show = (bytes: (kind: Kind) => number, digits: number) =>
    kinds.map((kind) => `${names[kind]} ${(bytes(kind) / kilobyte).toFixed(digits)}`).join(', ')
  return {
    what: `heaviest public page in ${locale}, KB compressed`,
    measured: show((kind) => weight[kind], 1),
    budget: `≤ ${show((kind) => budgets[kind](locale), 0)}`,
    isWithin: kinds.every((kind) => weight[kind] <= budgets[kind](locale)),
  }
}
