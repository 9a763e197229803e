import { brotliCompressSync } from 'node:zlib'
import { type Browser, expect, type Page, type Route, test } from '@playwright/test'
import { locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { samplePdf } from '#tests/support/sample-files.ts'
import { expectAccessible, expectFits, expectSound, field, newPage, openAs, recordAgreement } from './office-walk.ts'

// What a script adds. That all of it works without one is shown by the other walks.
const phone = { width: 360, height: 780 }
const en = translator('en')

const open = async (browser: Browser, path: string, locale = 'en' as (typeof locales)[number]): Promise<Page> => {
  const page = await newPage(browser, { javaScriptEnabled: true, viewport: phone })
  await openAs(page, locale, people.officer, path)
  return page
}

/** Marks the document, so that one that was loaded anew is known. */
const mark = (page: Page) => page.evaluate(() => document.documentElement.setAttribute('data-mark', ''))
const expectSame = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-mark')
const expectAnew = (page: Page) => expect(page.locator('html')).not.toHaveAttribute('data-mark')
const said = (page: Page, words: string) => expect(page.locator('body > [aria-live]')).toHaveText(words)
const addParty = (page: Page) => page.locator('#add-party').click()

/** Refuses what a script asks for, as a line that is down does. */
const cut = (kind: 'fetch' | 'xhr') => (route: Route) =>
  route.request().resourceType() === kind ? route.abort() : route.continue()

for (const locale of locales) {
  const t = translator(locale)

  test(`in ${locale}: a party is added and removed in place, and what was typed and the focus stay`, async ({
    browser,
  }) => {
    const path = paths.office.newAgreement(locale)
    const page = await open(browser, path, locale)
    await mark(page)
    await field(page, `titles.${locale}`).fill('A title')
    await field(page, 'parties.1.name').fill('Sample University B')
    await addParty(page)
    await expect(page.locator('#party-2')).toBeVisible()
    await expect(field(page, 'parties.2.partnerId')).toBeFocused()
    await said(page, t('agreements:party.added', { n: 3 }))
    await field(page, 'parties.2.name').fill('Sample University C')
    await page.locator('button[value="remove-party:0"]').click()
    await expect(page.locator('#party-2')).toHaveCount(0)
    await expect(field(page, 'parties.0.name')).toHaveValue('Sample University B')
    await expect(field(page, 'parties.1.name')).toHaveValue('Sample University C')
    await expect(field(page, 'parties.0.partnerId')).toBeFocused()
    await said(page, t('agreements:party.removed', { n: 1 }))
    await page.locator('button[value="remove-party:1"]').click()
    await expect(field(page, 'parties.0.partnerId')).toBeFocused()
    await page.locator('button[value="remove-party:0"]').click()
    await expect(page.locator('#add-party')).toBeFocused()
    await expect(field(page, `titles.${locale}`)).toHaveValue('A title')
    await expectSame(page)
    await expectSound(page, locale)
    await expectAccessible(page)
    await expectFits(page)
    await page.context().close()
  })
}

test('where it cannot be done in place, the browser sends the form, and nothing typed is lost', async ({ browser }) => {
  const page = await open(browser, paths.office.newAgreement('en'))
  const title = 'A title that stays'
  await field(page, 'titles.en').fill(title)
  await mark(page)
  await page.route('**/agreements/new', cut('fetch'))
  await addParty(page)
  await expect(page.locator('#party-2')).toBeVisible()
  await expectAnew(page)
  await expect(field(page, 'titles.en')).toHaveValue(title)
  await page.unroute('**/agreements/new')

  await page.context().clearCookies()
  await addParty(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('office:resume.title'))
  await page.getByLabel(en('office:email')).fill(people.officer.email)
  await page.getByLabel(en('office:password')).fill(people.officer.password)
  await page.getByRole('button', { name: en('office:resume.do') }).click()
  await expect(field(page, 'titles.en')).toHaveValue(title)
  await page.context().close()
})

test('what is typed while the form is under way is in the form that comes back', async ({ browser }) => {
  const page = await open(browser, paths.office.newAgreement('en'))
  const { promise: typed, resolve: goOn } = Promise.withResolvers<unknown>()
  await page.route('**/agreements/new', async (route) => {
    if (route.request().resourceType() === 'fetch') await typed
    await route.continue()
  })
  const sent = page.waitForRequest((request) => request.resourceType() === 'fetch')
  await addParty(page)
  await sent
  await field(page, 'reference').fill('Typed meanwhile')
  goOn(undefined)
  await expect(page.locator('#party-2')).toBeVisible()
  await expect(page.locator('#party-3')).toHaveCount(0)
  await expect(field(page, 'reference')).toHaveValue('Typed meanwhile')
  await page.context().close()
})

test('a form with changes is not left without asking, other than by itself', async ({ browser }) => {
  const page = await open(browser, paths.office.newAgreement('en'))
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  const away = page.getByRole('link', { name: en('agreements:field.parties') }).first()
  await away.click()
  await field(page, 'titles.en').click()
  await field(page, 'titles.en').fill('Not saved yet')
  await page.locator('.strip a[lang="th"]').click()
  await expect.poll(() => asked).toEqual(['beforeunload'])
  await expect(field(page, 'titles.en')).toHaveValue('Not saved yet')

  // Also after it was drawn anew.
  await addParty(page)
  await expect(page.locator('#party-2')).toBeVisible()
  await page.locator('.strip a[lang="th"]').click()
  await expect.poll(() => asked.length).toBe(2)
  await expect(page.locator('#party-2')).toBeVisible()

  await page.locator('[data-leave]').click()
  await expect(page).toHaveURL(paths.office.agreements('en'))
  await recordAgreement(page, 'en', { title: `Saved without a question ${Date.now()}` })
  expect(asked).toHaveLength(2)
  await page.context().close()
})

test('a button that is pressed twice sends once, and can be pressed again on a page that comes back', async ({
  browser,
}) => {
  const page = await open(browser, paths.office.newAgreement('en'))
  await page.locator('[name="secrecy"][value="none"]').check()
  await field(page, 'kind').selectOption('memorandum_of_understanding')
  await field(page, 'titles.en').fill(`Sent once ${Date.now()}`)
  let posts = 0
  const { promise: seen, resolve: goOn } = Promise.withResolvers<unknown>()
  await page.route('**/agreements/new', async (route) => {
    if (route.request().method() === 'POST') {
      posts++
      await seen
    }
    await route.continue()
  })
  const button = page.locator('.form-end button')
  // In one go: while a page is on its way, a browser that is driven waits for it.
  const [pressed, back] = await button.evaluate((element: HTMLButtonElement) => {
    element.click()
    element.click()
    const busy = element.getAttribute('aria-busy')
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    return [busy, element.getAttribute('aria-busy')]
  })
  expect([pressed, back]).toEqual(['true', null])
  goOn(undefined)
  await expect(page.getByRole('status')).toContainText(en('office:done.recorded'))
  expect(posts).toBe(1)
  await page.context().close()
})

test('an upload shows how far it has come, is called off, refused in place, and falls back', async ({ browser }) => {
  test.setTimeout(180_000)
  const locale = 'my'
  const t = translator(locale)
  const page = await open(browser, paths.office.newAgreement(locale), locale)
  const id = await recordAgreement(page, locale, { title: `Sample uploads ${Date.now()}` })
  const list = paths.office.documents(locale, id)
  await page.goto(list)
  const send = page.locator('.panel').getByRole('button', { name: t('documents:upload'), exact: true })
  const panel = page.locator('.panel [data-upload]')
  await expect(panel).toBeHidden()
  await field(page, 'kind').selectOption('signed_copy')
  await field(page, 'title').fill('Sample copy')
  await field(page, 'language').selectOption('en')
  const big = samplePdf([Buffer.alloc(4_000_000, ' ')], `big ${id}`)
  await field(page, 'file').setInputFiles({ name: 'big.pdf', mimeType: 'application/pdf', buffer: big })

  const line = await page.context().newCDPSession(page)
  const slow = { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 400_000 }
  await line.send('Network.enable')
  await line.send('Network.emulateNetworkConditions', slow)
  await mark(page)
  await send.click()
  await expect(panel).toBeVisible()
  await expect(panel.locator('p')).toHaveText(/[၁-၉][၀-၉]?\s?%/)
  await expect(send).toHaveAttribute('aria-busy', 'true')
  await expectAccessible(page)
  await expectFits(page)
  await panel.getByRole('button').click()
  await expect(panel).toBeHidden()
  await said(page, t('common:upload.cancelled'))
  await expect(field(page, 'title')).toHaveValue('Sample copy')
  await expect(send).toBeFocused()
  await line.send('Network.emulateNetworkConditions', { ...slow, latency: 0, uploadThroughput: -1 })

  const wrong = { name: 'wrong.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\x90') }
  await field(page, 'file').setInputFiles(wrong)
  await send.click()
  await expect(page.getByRole('alert')).toContainText(t('errors:field.file_executable'))
  await expect(page.getByRole('alert')).toBeFocused()
  await expect(field(page, 'title')).toHaveValue('Sample copy')
  await expectSame(page)
  await expectAccessible(page)

  // A title that is wrong does not cost the file, which no browser would fill in again.
  await field(page, 'file').setInputFiles({ name: 'big.pdf', mimeType: 'application/pdf', buffer: big })
  await field(page, 'title').fill('')
  await send.click()
  await expect(field(page, 'title')).toHaveAttribute('aria-invalid', 'true')
  expect(await field(page, 'file').evaluate((input: HTMLInputElement) => input.files?.[0]?.name)).toBe('big.pdf')
  await expect(page.locator('main')).not.toContainText(t('errors:field.file_again'))
  await expectAccessible(page)
  await field(page, 'title').fill('Sample copy')
  await send.click()
  await expect(page.getByRole('status')).toContainText(t('documents:done.added'))
  await expectAnew(page)

  await page.route(`**${list}`, cut('xhr'))
  await field(page, 'kind').selectOption('draft')
  await field(page, 'title').fill('Sample draft')
  const small = { name: 'small.pdf', mimeType: 'application/pdf', buffer: samplePdf([], `small ${id}`) }
  await field(page, 'file').setInputFiles(small)
  await send.click()
  await expect(page.getByRole('status')).toContainText(t('documents:done.added'))
  await expect(page.getByText('Sample draft')).toBeVisible()
  await page.context().close()
})

test('keys lead through the register and send a form; an order applies at once', async ({ browser }) => {
  const page = await open(browser, paths.office.newAgreement('en'))
  const titles = ['first', 'second'].map((name) => `Sample ${name} by keys ${Date.now()}`)
  let id = ''
  for (const title of titles) id = await recordAgreement(page, 'en', { title })
  await page.goto(`${paths.office.agreements('en')}?size=100`)
  const links = page.locator('[data-rows] tbody tr td:first-child a')
  await page.locator('[data-rows]').focus()
  await page.keyboard.press('ArrowDown')
  await expect(links.first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(links.nth(1)).toBeFocused()
  await page.keyboard.press('End')
  await expect(links.last()).toBeFocused()
  await page.keyboard.press('Home')
  await expect(links.first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/agreements\/[0-9a-f-]{36}$/)

  await page.goto(paths.office.agreements('en'))
  await page.locator('.register-more > summary').click()
  await page.locator('[name="sort"]').selectOption('title')
  await expect(page).toHaveURL(/[?&]sort=title/)

  await page.goto(paths.office.notes('en', id))
  await field(page, 'body').fill('Sent by keys')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('main')).toContainText('Sent by keys')
  await expect(field(page, 'body')).toHaveValue('')
  await page.context().close()
})

test('the address of a feed is copied, and without a script there is no button for it', async ({ browser }) => {
  const page = await open(browser, paths.office.feed('my'), 'my')
  const t = translator('my')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page
    .getByRole('button', { name: t('feeds:make') })
    .or(page.getByRole('button', { name: t('feeds:renew') }))
    .first()
    .click()
  const address = (await page.locator('#feed-address').innerText()).trim()
  await page.getByRole('button', { name: t('feeds:copy') }).click()
  await expect(page.locator('.copy > span')).toHaveText(t('common:copy.copied'))
  await said(page, t('common:copy.copied'))
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address)
  await expectAccessible(page)
  await expectFits(page)

  const still = await newPage(browser)
  await openAs(still, 'my', people.officer, paths.office.feed('my'))
  await still.getByRole('button', { name: t('feeds:renew') }).click()
  await expect(still.locator('#feed-address')).toBeVisible()
  await expect(still.locator('[data-copy]')).toBeHidden()
  await still.context().close()
  await page.context().close()
})

test('a page of work that goes on elsewhere shows what came of it without being loaded anew', async ({ browser }) => {
  const path = paths.office.imports('en')
  const page = await open(browser, path)
  let asked = 0
  // The page as it is while an import runs, and then as it is.
  await page.route(`**${path}`, async (route) => {
    const answer = await route.fetch()
    const notice = (n: number) => `<div data-progress="It is over."><div role="status"><p>${n} rows</p></div></div>`
    const body = (await answer.text()).replace(/<header class="page-head"/, (head) => `${notice(asked)}${head}`)
    await (asked++ < 2 ? route.fulfill({ response: answer, body }) : route.fulfill({ response: answer }))
  })
  await page.goto(path)
  await mark(page)
  await expect(page.getByRole('status')).toHaveText('0 rows')
  await expect(page.getByRole('status')).toHaveText('1 rows')
  await expect(page.locator('[data-progress]')).toHaveCount(0)
  await said(page, 'It is over.')
  await expectSame(page)
  expect(asked).toBe(3)
  await page.context().close()
})

test('the script of the office is small and a file of its own, and public pages have none', async ({ page }) => {
  await page.goto(paths.office.signIn('en'))
  const sources = await page.locator('script').evaluateAll((all) => all.map((one) => one.getAttribute('src')))
  expect(sources).toHaveLength(1)
  let bytes = 0
  for (const source of sources) bytes += brotliCompressSync(await (await page.request.get(source ?? '')).body()).length
  expect(bytes).toBeLessThanOrEqual(10 * 1024)
  await page.goto(paths.home('en'))
  await expect(page.locator('script:not([type="application/ld+json"])')).toHaveCount(0)
})
