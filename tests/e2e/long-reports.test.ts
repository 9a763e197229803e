import { type APIResponse, expect, type Page, test } from '@playwright/test'
import { languageTags, locales, type Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { pdftotextWhole } from '#tests/unit/platform/pdf/tools.ts'
import { pdfsig } from '#tests/unit/platform/signing/tools.ts'
import { walkedIn } from './languages.ts'
import { expectAccessibleElsewhere, expectSound, newPage, openAs, openOwn, recordAgreement } from './office-walk.ts'

// The site of these tests makes reports of three agreements at once, and puts longer ones in line.

const packed = (words: string) => words.replaceAll(/\s+/gu, '')

async function choose(page: Page, locale: Locale, first: Locale, second: Locale): Promise<void> {
  await page.locator('select[name="in"]').selectOption(first)
  await page.locator('select[name="with"]').selectOption(second)
  await page.getByRole('button', { name: translator(locale)('briefs:choice.show') }).click()
}

const downloadLink = (page: Page, locale: Locale) =>
  page.getByRole('link', { name: translator(locale)('briefs:choice.download'), exact: true })

/** Asks for the report of the page, and waits for it as its reader would: the page loads itself again. */
async function order(page: Page, locale: Locale): Promise<Buffer> {
  await expect(downloadLink(page, locale)).toHaveCount(0)
  await page.getByRole('button', { name: translator(locale)('briefs:long.order') }).click()
  await expect(page).toHaveURL(/\/report\/(?:made\/)?[0-9a-f]{32}$/)
  await expect(downloadLink(page, locale)).toBeVisible({ timeout: 30_000 })
  const answer = await file(page, locale)
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf'])
  expect(answer.headers()['cache-control']).toContain('no-store')
  return answer.body()
}

const file = async (page: Page, locale: Locale): Promise<APIResponse> =>
  page.request.get((await downloadLink(page, locale).getAttribute('href')) ?? '')

/** The file of a long report is not there at once: its address says so, and leads to the page where it can be had. */
async function expectToOrder(page: Page, locale: Locale, path: string): Promise<void> {
  const t = translator(locale)
  const chosen = page.locator('.briefs-chosen h2')
  const before = await chosen.innerText()
  const answer = await page.goto(path)
  expect(answer?.status()).toBe(422)
  await expect(page.locator('h1')).toHaveText(/\p{Nd}/u)
  await expectSound(page, locale)
  await page.getByRole('link', { name: t('briefs:long.to_order') }).click()
  await expect(chosen).toHaveText(before)
}

for (const locale of locales) {
  const t = translator(locale)
  const other = locale === 'zh' ? 'en' : 'zh'

  test(
    `in ${locale}: a long report of the public register is asked for, left and found again`,
    walkedIn(locale),
    async ({ browser }) => {
      const page = await newPage(browser, { viewport: { width: 360, height: 740 } })
      await page.goto(paths.agreements(locale))
      await page.getByText(t('briefs:choice.report')).click()
      await choose(page, locale, locale, other)
      await expectSound(page, locale)
      await expectAccessibleElsewhere(browser, page)
      await expectToOrder(page, locale, withQuery(paths.brief(locale, 'register', 'all'), { with: other }))
      const pdf = await order(page, locale)
      await expectSound(page, locale)
      await expectAccessibleElsewhere(browser, page)
      const text = packed(pdftotextWhole(pdf))
      for (const language of [locale, other] as const)
        expect(text).toContain(packed(translator(language)('portal:agreements.title')))
      expect(pdfsig(pdf)).toContain('Signature is Valid')

      const elsewhere = await newPage(browser)
      await elsewhere.goto(page.url())
      await expect(elsewhere.locator('html')).toHaveAttribute('lang', languageTags[locale])
      expect((await file(elsewhere, locale)).status()).toBe(200)
    },
  )

  test(
    `in ${locale}: a long report of the office is for whoever asked for it`,
    walkedIn(locale),
    async ({ browser }) => {
      test.setTimeout(180_000)
      const word = `Bridgehead${locale}`
      const list = `${paths.office.agreements(locale)}?q=${word}&sort=title`
      const page = await openOwn(browser, locale, people.officer, paths.office.agreements(locale))
      for (const name of ['Alpha', 'Beta', 'Gamma', 'Delta'])
        await recordAgreement(page, locale, { title: `${word} ${name}`, parties: ['Party one', 'Party two'] })
      await page.goto(list)
      await page.getByRole('link', { name: t('briefs:choice.report') }).click()
      await choose(page, locale, locale, other)
      await expectSound(page, locale)
      const { pathname, search } = new URL(page.url())
      await expectToOrder(page, locale, `${pathname}.pdf${search}`)
      const pdf = await order(page, locale)
      await expectSound(page, locale)
      await expectAccessibleElsewhere(browser, page)
      await expect(page.getByText(t('briefs:choice.internal'))).toBeVisible()
      const text = packed(pdftotextWhole(pdf))
      for (const name of ['Alpha', 'Beta', 'Gamma', 'Delta']) expect(text).toContain(`${word}${name}`)
      expect(text).toContain(packed(translator(locale)('briefs:marking.internal')))
      expect(pdfsig(pdf)).toContain('Signature is Valid')

      // Found again from the page where it was asked for.
      const made = new URL(page.url()).pathname
      await page.goto(`${paths.office.registerReport(locale)}?q=${word}`)
      await expect(page.getByRole('heading', { name: t('briefs:long.own') })).toBeVisible()
      await expectAccessibleElsewhere(browser, page)
      await page.locator(`a[href="${made}"]`).click()
      await expect(downloadLink(page, locale)).toBeVisible()

      // Nobody else has it: neither who may do everything, nor who knows its code.
      const administrator = await newPage(browser)
      await openAs(administrator, locale, people.administrator, paths.office.home(locale))
      for (const address of [made, `${made}.pdf`]) {
        const answer = await administrator.goto(address)
        expect(answer?.status()).toBe(404)
        await expect(administrator.locator('h1')).toHaveText(t('errors:document_not_found'))
      }
      const code = made.split('/').at(-1) ?? ''
      const visitor = await newPage(browser)
      for (const address of [paths.madeReport(locale, code), paths.madeReportFile(locale, code)])
        expect((await visitor.goto(address))?.status()).toBe(404)
      await visitor.goto(made)
      await expect(visitor).toHaveURL(/\/office\/sign-in\?next=/)
    },
  )
}

test('asking for a report from another site is refused', async ({ request }) => {
  const headers = { origin: 'https://elsewhere.example.org' }
  const answer = await request.post(paths.longReport('en'), { headers, maxRedirects: 0 })
  expect(answer.status()).toBe(403)
  const back = await request.get(`${paths.longReport('en')}?with=my&country=TH`, { maxRedirects: 0 })
  expect([back.status(), back.headers()['location']]).toEqual([302, '/en/briefs/register/all?with=my&country=TH'])
})
