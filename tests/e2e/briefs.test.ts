import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { type BriefKind, paths } from '#platform/paths.ts'
import { languageTags } from '#platform/i18n/locales.ts'
import { people } from '#tests/support/people.ts'
import { expectSound, openOwn, recordAgreement } from './office-walk.ts'

// Documents are chosen and downloaded without a script.
test.use({ javaScriptEnabled: false })

const pagesIn = (pdf: Buffer) => Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1])

/** The document that the page offers: what it is, whether it is as large as it is said to be. */
async function expectDownload(page: Page, locale: Locale): Promise<Buffer> {
  const t = translator(locale)
  const link = page.getByRole('link', { name: t('briefs:choice.download'), exact: true })
  const answer = await page.request.get((await link.getAttribute('href')) ?? '')
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf'])
  const pdf = await answer.body()
  const number = (value: number) => new Intl.NumberFormat(locale === 'my' ? 'my-u-nu-mymr' : locale).format(value)
  const pages = t('briefs:download.pages', { count: pagesIn(pdf), n: number(pagesIn(pdf)) })
  const size = number(Math.ceil(pdf.length / 1024))
  await expect(page.getByText(t('briefs:download.size', { pages, size }), { exact: true })).toBeVisible()
  return pdf
}

/** Looked at with scripts, which the checker is one of. */
async function expectAccessible(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: true })
  const page = await context.newPage()
  await page.goto(url)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  await context.close()
}

/** Chooses two languages in the form of the page. */
async function choose(page: Page, locale: Locale, first: Locale, second: Locale): Promise<void> {
  const t = translator(locale)
  await page.locator('select[name="in"]').selectOption(first)
  await page.locator('select[name="with"]').selectOption(second)
  await page.getByRole('button', { name: t('briefs:choice.show') }).click()
}

const records = [
  ['partners', paths.partner('th', 'chiang-mai-university'), 'th'],
  ['labs', paths.lab('vi', 'southeast-asia-biodiversity-research-institute'), 'vi'],
  ['facilities', paths.facility('zh', 'china-asean-innovation-centre'), 'zh'],
  ['agreements', paths.agreement('my', 'walailak-university-yunnan-university-2025'), 'my'],
  ['catalogue', paths.catalogue('en'), 'en'],
] as const satisfies readonly (readonly [BriefKind, string, Locale])[]

for (const [kind, address, locale] of records) {
  test(`in ${locale}: a brief of ${kind} is chosen in two languages, and its size is said before`, async ({
    page,
    browser,
  }) => {
    const t = translator(locale)
    await page.goto(address)
    await page.getByText(t('briefs:choice.other')).click()
    await choose(page, locale, 'my', 'zh')
    await expect(page).toHaveURL(new RegExp(`/${locale}/briefs/${kind}/[a-z0-9-]+\\?in=my&with=zh$`))
    await expect(page.locator('h1')).toHaveCount(1)
    await expectAccessible(browser, page.url())
    await expectDownload(page, locale)
  })
}

test('in my: the brief of a country is found from the network, with its network drawn', async ({ page, browser }) => {
  const t = translator('my')
  await page.goto(paths.network('my'))
  await page.locator(`a[href="${paths.briefChoice('my', 'countries', 'th')}"]`).click()
  await expect(page.locator('svg.scene title')).toHaveText(t('briefs:country.network'))
  await expectAccessible(browser, page.url())
  await expectDownload(page, 'my')
})

test('in vi: the register is a report, filtered as the list was', async ({ page }) => {
  const t = translator('vi')
  await page.goto(`${paths.agreements('vi')}?country=PK`)
  await page.getByText(t('briefs:choice.report')).click()
  await choose(page, 'vi', 'en', 'vi')
  expect(new URL(page.url()).searchParams.getAll('country')).toEqual(['PK'])
  await expectDownload(page, 'vi')
})

test('in th: two times the same language is refused in the reader’s own', async ({ page }) => {
  await page.goto(paths.briefChoice('th', 'partners', 'chiang-mai-university'))
  await choose(page, 'th', 'en', 'en')
  await expect(page.locator('html')).toHaveAttribute('lang', languageTags.th)
  await expect(page.locator('h1')).toContainText(translator('th')('errors:brief_languages'))
})

test('in zh: the office takes its register home as a document that says it is internal', async ({ browser }) => {
  const t = translator('zh')
  const officer = await openOwn(browser, 'zh', people.officer, paths.office.agreements('zh'))
  await recordAgreement(officer, 'zh', { title: 'Takenhome', parties: ['Party one', 'Party two'] })
  const list = `${paths.office.agreements('zh')}?q=Takenhome&sort=title`
  const page = await openOwn(browser, 'zh', people.reader, list)
  await page.getByRole('link', { name: t('briefs:choice.report') }).click()
  await expectSound(page, 'zh')
  await expect(page.getByText(t('briefs:choice.internal'))).toBeVisible()
  await choose(page, 'zh', 'zh', 'en')
  expect(new URL(page.url()).searchParams.get('sort')).toBe('title')
  await expectDownload(page, 'zh')
  await page.context().close()
})
