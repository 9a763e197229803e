import { expect, type Page, test } from '@playwright/test'
import { languageNames, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { walkedIn } from './languages.ts'
import {
  expectAccessible,
  expectAccessibleElsewhere,
  expectFits,
  expectSound,
  newPage,
  openAs,
  signIn,
} from './office-walk.ts'

// Everything here works without a script, so it is walked through without one.
test.use({ javaScriptEnabled: false })

/** Chooses the nth partner that the form offers in a row. */
async function choosePartner(page: Page, row: number, nth: number): Promise<void> {
  const list = page.locator(`select[name="parties.${row}.partnerId"]`)
  const value = await list.locator('optgroup option').nth(nth).getAttribute('value')
  await list.selectOption(value)
}

for (const locale of locales) {
  const t = translator(locale)

  test(
    `in ${locale}: recorded by one, released by another, found in the public register`,
    walkedIn(locale),
    async ({ browser, page }) => {
      const reference = `样例〔2026〕${locale}-${test.info().workerIndex}-${Date.now()}号`
      const title = `Sample agreement of the ${locale} walk ${Date.now()}`

      await openAs(page, locale, people.officer, paths.office.home(locale))
      await expectSound(page, locale)
      await page
        .getByRole('main')
        .getByRole('link', { name: t('office:record_new') })
        .first()
        .click()
      await expectSound(page, locale)
      await page.locator('[name="secrecy"][value="none"]').check()
      await page.locator('[name="reference"]').fill(reference)
      await page.locator('[name="kind"]').selectOption('cooperation_agreement')
      await page.locator('[name="visibility"]').selectOption('public')
      await page.locator('[name="state"]').selectOption('in_force')
      await page.locator('[name="sourceLocale"]').selectOption('en')
      await page.locator('[name="titles.en"]').fill(title)
      await choosePartner(page, 0, 0)
      await choosePartner(page, 1, 40)
      for (const [part, value] of [
        ['year', '2026'],
        ['month', '2'],
        ['day', '28'],
      ] as const) {
        await page.locator(`[name="signed.${part}"]`).fill(value)
      }
      await page.locator('[name="effective.year"]').fill('2026')
      await page.locator('[name="amount"]').fill('1,200,000.50')
      await page.locator('[name="currency"]').fill('CNY')
      await page
        .locator('.form-end')
        .getByRole('button', { name: t('office:save') })
        .click()

      await expect(page.getByRole('status')).toContainText(t('office:done.recorded'))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
      await expectSound(page, locale)
      const address = new URL(page.url()).pathname
      await page.getByRole('button', { name: t('office:release.ask') }).click()
      await expect(page.getByRole('status')).toContainText(t('office:done.request-release'))
      await expect(page.getByRole('button', { name: t('office:release.grant') })).toHaveCount(0)

      const second = await newPage(browser)
      await openAs(second, locale, people.administrator, paths.office.home(locale))
      await second.getByRole('link', { name: title }).first().click()
      await second.locator('[name="reviewer"]').fill('Sample Reviewer')
      await second.locator('[name="basis"]').fill('Sample form 3')
      await second.getByRole('button', { name: t('office:release.grant') }).click()
      await expect(second.getByRole('status')).toContainText(t('office:done.grant-release'))
      await expectSound(second, locale)
      await expect(second.locator('.event').first()).toContainText(t('agreements:did.grant_release'))

      await page.goto(address)
      await page.getByRole('button', { name: t('office:sign_out') }).click()
      await expect(page.getByRole('status')).toContainText(t('office:sign_in.signed_out'))
      await expectSound(page, locale)
      await page.goto(address)
      await expect(page).toHaveURL(/\/office\/sign-in/)

      await page.goto(paths.agreements(locale))
      await page.getByRole('link', { name: title }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
      const shown = await page.locator('main').innerText()
      expect(shown).toContain(reference)
      expect(shown.replaceAll(/[\s,.]/g, '')).not.toContain('1200000')
      await second.context().close()
    },
  )

  test(
    `in ${locale}: help, account and the register read well, and axe finds nothing`,
    walkedIn(locale),
    async ({ browser }) => {
      // axe itself is a script.
      const page = await newPage(browser, { javaScriptEnabled: true, viewport: { width: 360, height: 780 } })
      await openAs(page, locale, people.officer, paths.office.help(locale))
      for (const path of [
        paths.office.help(locale),
        paths.office.account(locale),
        paths.office.home(locale),
        paths.office.agreements(locale),
        paths.office.newAgreement(locale),
      ]) {
        await page.goto(path)
        await expectSound(page, locale)
        await expectAccessible(page)
        await expectFits(page)
      }
      await page.context().close()
    },
  )
}

const en = translator('en')

test('wrong input keeps everything that was typed and says beside each field what is wrong', async ({ page }) => {
  await openAs(page, 'en', people.officer, paths.office.newAgreement('en'))
  await page.locator('[name="titles.en"]').fill('x'.repeat(10_000))
  await page.locator('[name="signed.year"]').fill('2026')
  await page.locator('[name="signed.month"]').fill('2')
  await page.locator('[name="signed.day"]').fill('30')
  await page.locator('[name="amount"]').fill('-5')
  await page.locator('[name="currency"]').fill('QQQ')
  await page.locator('[name="parties.0.name"]').fill('Sample University A')
  await page.locator('[name="parties.1.name"]').fill('Sample University A')
  await page.locator('[name="titles.my"]').fill('အျပည္ျပည္ဆိုင္ရာ')
  await page.keyboard.press('Enter')
  const alert = page.getByRole('alert')
  await expect(alert.getByRole('listitem')).toHaveCount(8)
  await expect(alert).toContainText(en('errors:field.secrecy'))
  for (const [name, value] of [
    ['titles.en', 'x'.repeat(10_000)],
    ['signed.day', '30'],
    ['amount', '-5'],
    ['currency', 'QQQ'],
  ] as const) {
    await expect(page.locator(`[name="${name}"]`)).toHaveValue(value)
  }
  await expect(page.locator('[name="amount"]')).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('button', { name: en('agreements:zawgyi.convert') }).click()
  await expect(page.locator('[name="titles.my"]')).toHaveValue('အပြည်ပြည်ဆိုင်ရာ')
  await expect(page.locator('[name="amount"]')).toHaveValue('-5')
})

test('party rows come and go without a script, and nothing typed is lost', async ({ page }) => {
  await openAs(page, 'en', people.officer, paths.office.newAgreement('en'))
  await page.locator('[name="titles.en"]').fill('Kept')
  await page.locator('[name="parties.1.name"]').fill('Second')
  await page.getByRole('button', { name: en('agreements:party.add') }).click()
  await expect(page.locator('[name="parties.2.name"]')).toHaveCount(1)
  await page.locator('[name="parties.2.name"]').fill('Third')
  await page.getByRole('button', { name: en('agreements:party.remove', { n: 1 }) }).click()
  await expect(page.locator('[name="parties.0.name"]')).toHaveValue('Second')
  await expect(page.locator('[name="parties.1.name"]')).toHaveValue('Third')
  await expect(page.locator('[name="titles.en"]')).toHaveValue('Kept')
})

test('names in any language come and go without a script, and stand on the page with their language and mark', async ({
  browser,
  page,
}) => {
  await openAs(page, 'en', people.officer, paths.office.newAgreement('en'))
  const fill = (name: string, value: string) => page.locator(`[name="${name}"]`).fill(value)
  const press = (value: string) => page.locator(`button[value="${value}"]`).click()
  const unfold = (words: string, at = 0) => page.locator('details > summary', { hasText: words }).nth(at).click()
  await page.locator('[name="secrecy"][value="none"]').check()
  await page.locator('[name="kind"]').selectOption('memorandum_of_understanding')
  await fill('titles.en', 'Named in many languages')
  await unfold(en('agreements:field.otherTitles'))
  await press('add-name:otherTitles')
  await fill('otherTitles.0.language', 'xx')
  await fill('otherTitles.0.value', 'ບົດບັນທຶກຄວາມເຂົ້າໃຈ')
  await page.locator('[name="otherTitles.0.official"]').check()
  await press('add-name:otherTitles')
  await fill('otherTitles.1.language', 'km')
  await press('remove-name:otherTitles.1')
  await fill('parties.0.name', 'มหาวิทยาลัยตัวอย่างหลายชื่อ')
  await page.locator('[name="parties.0.language"]').selectOption('th')
  await page.locator('[name="parties.0.official"]').check()
  await unfold(en('agreements:names.others'))
  await press('add-name:parties.0.others')
  await fill('parties.0.others.0.language', 'en')
  await fill('parties.0.others.0.value', 'Sample University of Many Names')
  await fill('parties.1.name', 'Sample University With One')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText(en('errors:field.language_tag', { value: 'xx' }))
  await fill('otherTitles.0.language', 'LO')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText(en('office:done.recorded'))
  await expect(page.locator('.names dd[lang="lo"]')).toContainText('ບົດບັນທຶກຄວາມເຂົ້າໃຈ')
  await expect(page.locator('.names div', { has: page.locator('[lang="lo"]') })).toContainText(
    en('agreements:official_short'),
  )
  await expect(page.locator('.names dd[lang="th"]')).toContainText('มหาวิทยาลัยตัวอย่างหลายชื่อ')
  const here = page.url().split('?')[0] ?? ''
  await page.goto(here)
  await expectAccessibleElsewhere(browser, page)
  await page.goto(`${here}/signatures`)
  await fill('signatures.0.name', 'สมชาย ใจดี')
  await page.locator('[name="signatures.0.language"]').selectOption('th')
  // Old Burmese encoding is converted where it is typed.
  await fill('signatures.1.name', 'ေက်ာင္း')
  await fill('signatures.1.signedOn', '2026-01-15')
  await page.keyboard.press('Enter')
  await press('convert:signatures.1.name')
  await expect(page.locator('[name="signatures.1.name"]')).toHaveValue('ကျောင်း')
  await fill('signatures.0.address', 'ศาสตราจารย์')
  await fill('signatures.0.signedOn', '2026-01-15')
  await unfold(en('agreements:names.others'))
  await press('add-name:0')
  await fill('signatures.0.others.0.language', 'en')
  await fill('signatures.0.others.0.value', 'Somchai Jaidee')
  await fill('signatures.0.others.0.address', 'Prof.')
  await fill('signatures.0.others.0.title', 'President')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText(en('agreements:signatures.done'))
  const english = page.locator('[name^="signatures.0."][value="Somchai Jaidee"]')
  await expect(english).toHaveCount(1)
  await expect(english).toHaveAttribute('lang', 'en')
  // How people are usually called is proposed in the language of the name.
  const address = page.locator('[name="signatures.0.address"]')
  await expect(address).toHaveValue('Prof.')
  await expect(address).toHaveAttribute('list', 'forms-of-address-en')
  await expect(page.locator('#forms-of-address-en option[value="Prof."]')).toHaveCount(1)
  await expect(page.locator('[name="signatures.0.others.0.address"]')).toHaveValue('ศาสตราจารย์')
  await page.goto(here)
  await expect(page.locator('main')).toContainText('สมชาย ใจดี · ศาสตราจารย์')
  await page.goto(`${here}/signatures`)
  await expectAccessibleElsewhere(browser, page)
})

async function recordSample(page: Page, title: string): Promise<string> {
  await page.goto(paths.office.newAgreement('en'))
  await page.locator('[name="secrecy"][value="none"]').check()
  await page.locator('[name="kind"]').selectOption('memorandum_of_understanding')
  await page.locator('[name="titles.en"]').fill(title)
  await page.locator('.form-end').getByRole('button').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  return new URL(page.url()).pathname
}

test('of two who edit one agreement the second sees both states, and loses nothing', async ({ browser, page }) => {
  await openAs(page, 'en', people.officer, paths.office.home('en'))
  const address = await recordSample(page, `Edited by two ${Date.now()}`)
  const second = await newPage(browser)
  await openAs(second, 'en', people.administrator, `${address}/edit`)
  await page.goto(`${address}/edit`)

  await page.locator('[name="titles.en"]').fill('The first one’s title')
  await page.locator('[name="reference"]').fill(`FIRST-${Date.now()}`)
  await page.locator('.form-end').getByRole('button').click()
  await expect(page.getByRole('status')).toBeVisible()

  await second.locator('[name="titles.en"]').fill('The second one’s title')
  await second.locator('[name="summaries.en"]').fill('Written by the second')
  await second.locator('.form-end').getByRole('button').click()
  await expect(second.getByRole('alert')).toContainText(people.officer.email)
  await expect(second.getByRole('row', { name: /The second one’s title/ })).toContainText('The first one’s title')
  await expect(second.locator('[name="titles.en"]')).toHaveValue('The second one’s title')
  await expect(second.locator('[name="summaries.en"]')).toHaveValue('Written by the second')
  await expect(second.locator('[name="reference"]')).toHaveValue(/^FIRST-/)
  await second.getByRole('button', { name: en('agreements:stale.take') }).click()
  await expect(second.locator('[name="titles.en"]')).toHaveValue('The first one’s title')
  await second.locator('.form-end').getByRole('button').click()
  await expect(second.getByRole('status')).toContainText(en('office:done.saved'))
  await expect(second.getByRole('heading', { level: 1 })).toHaveText('The first one’s title')
  await expect(second.locator('main')).toContainText('Written by the second')
  await second.context().close()
})

test('a session that ends in the middle of a form costs nothing that was typed', async ({ page }) => {
  await openAs(page, 'en', people.officer, paths.office.newAgreement('en'))
  const title = `Typed before the session ended ${Date.now()}`
  await page.locator('[name="secrecy"][value="none"]').check()
  await page.locator('[name="kind"]').selectOption('letter_of_intent')
  await page.locator('[name="titles.en"]').fill(title)
  await page.locator('[name="summaries.en"]').fill('Two lines\nof summary')
  await page.context().clearCookies()
  await page.locator('.form-end').getByRole('button').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('office:resume.title'))
  await page.getByLabel(en('office:email')).fill(people.officer.email)
  await page.getByLabel(en('office:password')).fill('not the password')
  await page.getByRole('button', { name: en('office:resume.do') }).click()
  await expect(page.getByRole('alert')).toContainText(en('errors:sign_in_failed'))
  await page.getByLabel(en('office:email')).fill(people.officer.email)
  await page.getByLabel(en('office:password')).fill(people.officer.password)
  await page.getByRole('button', { name: en('office:resume.do') }).click()
  await expect(page.locator('[name="titles.en"]')).toHaveValue(title)
  await expect(page.locator('[name="summaries.en"]')).toHaveValue('Two lines\nof summary')
  await page.locator('.form-end').getByRole('button').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
})

test('step by step through the lifecycle; what is missing is said, with the way to mend it', async ({ page }) => {
  await openAs(page, 'en', people.officer, paths.office.home('en'))
  const address = await recordSample(page, `Moved step by step ${Date.now()}`)
  await page
    .getByRole('link', { name: en('agreements:missing.two_parties') })
    .first()
    .click()
  await page.locator('[name="parties.0.name"]').fill('Sample University A')
  await page.locator('[name="parties.1.name"]').fill('Sample University B')
  await page.locator('.form-end').getByRole('button').click()
  await page
    .getByRole('link', { name: en('agreements:missing.negotiation_checks') })
    .first()
    .click()
  await page.locator('[name="answer.counterparty"][value="cleared"]').check()
  await page.locator('[name="reason.counterparty"]').fill('Known for years')
  await page.locator('.form-end').getByRole('button').click()
  await expect(page.getByRole('status')).toContainText(en('checklists:done'))
  await page.goto(address)
  await page.getByRole('button', { name: en('agreements:do.negotiate') }).click()
  await expect(page.getByRole('status')).toContainText(en('office:done.moved'))
  await page.locator('summary', { hasText: en('agreements:do.withdraw') }).click()
  await page.getByRole('textbox', { name: en('office:agreement.reason') }).fill('No longer wanted')
  await page.getByRole('button', { name: en('agreements:do.withdraw') }).click()
  await expect(page.locator('.tags').first()).toContainText(en('agreements:state.withdrawn'))
  await expect(page.locator('main')).toContainText('No longer wanted')
  expect(new URL(page.url()).pathname).toBe(address)
})

test('sign-in answers alike for known and unknown, and leads nowhere but into the office', async ({ page }) => {
  const fail = async (email: string) => {
    await page.goto(paths.office.signIn('en'))
    await page.getByLabel(en('office:email')).fill(email)
    await page.getByLabel(en('office:password')).fill('not the password')
    await page.getByRole('button', { name: en('office:sign_in.do') }).click()
    return page.getByRole('alert').innerText()
  }
  expect(await fail('nobody@example.org')).toBe(await fail(people.reader.email))
  await page.goto(`${paths.office.signIn('en')}?next=//evil.example/en/office`)
  await signIn(page, 'en', people.reader)
  await expect(page).toHaveURL(paths.office.home('en'))
  await page.goto(paths.office.newAgreement('en'))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('main')).toContainText(en('errors:forbidden'))
})

test('addresses and forms that no page makes get a 4xx', async ({ page, request, baseURL }) => {
  await openAs(page, 'en', people.officer, paths.office.home('en'))
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { cookie: cookies, origin: baseURL ?? '' }
  const get = async (path: string) => (await request.get(path, { headers, maxRedirects: 0 })).status()
  const list = paths.office.agreements('en')
  for (const query of [
    'page=0',
    'page=-1',
    'page=abc',
    'page=1e9',
    'page=999999',
    'state=x',
    'kind=x',
    'sort=x',
    `q=${'x'.repeat(101)}`,
    'q=a&q=b',
  ]) {
    expect(await get(`${list}?${query}`), query).toBeGreaterThanOrEqual(400)
    expect(await get(`${list}?${query}`), query).toBeLessThan(500)
  }
  expect(await get(`${list}/nonsense`)).toBe(404)
  expect(await get(`${list}/0190a000-0000-7000-8000-000000000001`)).toBe(404)
  const post = async (path: string, form: Record<string, string>, origin = baseURL ?? '') =>
    (await request.post(path, { headers: { ...headers, origin }, form, maxRedirects: 0 })).status()
  expect(await post(paths.office.newAgreement('en'), { surprise: '1' })).toBe(400)
  expect(await post(paths.office.newAgreement('en'), { do: 'surprise' })).toBe(400)
  expect(await post(paths.office.newAgreement('en'), {})).toBe(422)
  expect(await post(paths.office.newAgreement('en'), {}, 'https://evil.example')).toBe(403)
  for (const path of [paths.office.signIn('en'), paths.office.newAgreement('en')]) {
    const noForm = await request.post(path, { headers, data: { email: 1 }, maxRedirects: 0 })
    expect(noForm.status(), path).toBe(400)
  }
  const nowhere = `${list}/0190a000-0000-7000-8000-000000000001`
  const step = { do: 'move:sign', version: '1', token: '0190a000-0000-7000-8000-000000000002' }
  expect(await post(nowhere, step)).toBe(404)
  expect(await post(nowhere, { ...step, token: 'x' })).toBe(400)
  expect(await post(nowhere, { ...step, version: '-1' })).toBe(400)
})

test('each language names itself in the switch, and the switch keeps the page', async ({ page }) => {
  await openAs(page, 'en', people.officer, `${paths.office.agreements('en')}?sort=ends`)
  await page.getByRole('link', { name: languageNames.my }).first().click()
  await expect(page).toHaveURL(`${paths.office.agreements('my')}?sort=ends`)
})
