import { type Browser, expect, type Page, test } from '@playwright/test'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { walkedIn } from './languages.ts'
import { expectAccessibleElsewhere, expectSound, openOwn, recordAgreement } from './office-walk.ts'

// Everything here works without a script, so it is walked through without one.
test.use({ javaScriptEnabled: false })

async function expectWellMade(browser: Browser, page: Page, locale: Locale): Promise<void> {
  await expectSound(page, locale)
  await expectAccessibleElsewhere(browser, page)
}

/** Records a memorandum between two invented universities; returns its id. */
const recordSample = (page: Page, locale: Locale): Promise<string> =>
  recordAgreement(page, locale, {
    title: `Reviewed in ${locale} ${Date.now()}`,
    parties: ['Sample University A', 'Sample University B'],
  })

for (const locale of locales) {
  const t = translator(locale)

  test(
    `in ${locale}: checklist, review by two, a change that voids it, signatures`,
    walkedIn(locale),
    async ({ browser }) => {
      // The pages of three people, most of them looked at by the accessibility checker as well.
      test.setTimeout(240_000)
      const officer = await openOwn(browser, locale, people.officer, paths.office.home(locale))
      const id = await recordSample(officer, locale)
      const part = (name: 'checklist' | 'review' | 'signatures') => paths.office.agreementPart(locale, id, name)
      const overview = paths.office.agreement(locale, id)

      await officer.goto(part('checklist'))
      await officer.locator('[name="answer.counterparty"][value="cleared"]').check()
      await officer.locator('.form-end').getByRole('button').click()
      await expect(officer.getByRole('alert')).toContainText(t('errors:field.required'))
      await officer.locator('[name="reason.counterparty"]').fill('Known for years')
      await officer.locator('.form-end').getByRole('button').click()
      await expect(officer.getByRole('status')).toContainText(t('checklists:done'))
      await expectWellMade(browser, officer, locale)
      await officer.goto(overview)
      await officer.getByRole('button', { name: t('agreements:do.negotiate') }).click()
      await expect(officer.getByRole('status')).toContainText(t('office:done.moved'))

      await officer.goto(part('review'))
      await expectWellMade(browser, officer, locale)
      await officer.getByRole('button', { name: t('reviews:send.do') }).click()
      await expect(officer.getByRole('alert')).toContainText(t('errors:field.reviewers_none'))
      await officer.locator('[name="reviewers.legal"]').selectOption({ label: people.reviewer.email })
      await officer.locator('[name="reviewers.leadership"]').selectOption({ label: people.administrator.email })
      await officer.getByRole('button', { name: t('reviews:send.do') }).click()
      await expect(officer.getByRole('status')).toContainText(t('reviews:done.sent'))

      const reviewer = await openOwn(browser, locale, people.reviewer, part('review'))
      await expectWellMade(browser, reviewer, locale)
      await reviewer.getByRole('button', { name: t('reviews:decide.return') }).click()
      await expect(reviewer.getByRole('alert')).toContainText(t('errors:field.required'))
      await reviewer.locator('[name="note"]').fill('Nothing against it')
      await reviewer.getByRole('button', { name: t('reviews:decide.approve') }).click()
      await expect(reviewer.getByRole('status')).toContainText(t('reviews:done.decided'))
      const leader = await openOwn(browser, locale, people.administrator, part('review'))
      await leader.getByRole('button', { name: t('reviews:decide.approve') }).click()
      await expect(leader.locator('main')).toContainText(t('reviews:standing.stands'))
      await expectWellMade(browser, leader, locale)

      await officer.goto(paths.office.editAgreement(locale, id))
      await expect(officer.locator('main')).toContainText(t('reviews:edit_warning'))
      await officer.locator('[name="titles.en"]').fill('Another title')
      await officer.locator('.form-end').getByRole('button').click()
      await expect(officer.locator('main')).toContainText(t('reviews:voided'))
      await expect(officer.locator('.tags').first()).toContainText(t('agreements:state.negotiation'))

      await officer.goto(part('signatures'))
      await officer.locator('[name="signatures.0.name"]').fill('示例人')
      await officer.locator('.form-end').getByRole('button').click()
      await expect(officer.getByRole('alert')).toContainText(t('errors:field.signatory_pair'))
      await officer.locator('[name="signatures.0.signedOn"]').fill('2026-01-15')
      await officer.locator('.form-end').getByRole('button').click()
      await expect(officer.getByRole('status')).toContainText(t('agreements:signatures.done'))
      await expectWellMade(browser, officer, locale)
      await officer.goto(overview)
      await expectWellMade(browser, officer, locale)
      for (const page of [officer, reviewer, leader]) await page.context().close()
    },
  )
}

test('what holds secrets is refused, and nothing of it is kept or shown', async ({ browser }) => {
  const t = translator('en')
  const page = await openOwn(browser, 'en', people.officer, paths.office.newAgreement('en'))
  await page.locator('[name="secrecy"][value="some"]').check()
  await page.locator('[name="titles.en"]').fill('Something that nobody may know')
  await page.locator('.form-end').getByRole('button').click()
  await expect(page.getByRole('alert')).toContainText(t('agreements:secrecy.refused'))
  expect(await page.content()).not.toContain('nobody may know')
  await page.context().close()
})

test('forged steps, rounds and parts are refused', async ({ browser, request, baseURL }) => {
  const officer = await openOwn(browser, 'en', people.officer, paths.office.home('en'))
  const id = await recordSample(officer, 'en')
  const cookie = (await officer.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const post = async (path: string, form: Record<string, string>) =>
    (await request.post(path, { headers: { cookie, origin: baseURL ?? '' }, form, maxRedirects: 0 })).status()
  const token = () => crypto.randomUUID()
  const overview = paths.office.agreement('en', id)
  for (const name of ['approve', 'sign', 'send_to_review', 'void_approval', 'enter', 'constructor']) {
    expect(await post(overview, { do: `move:${name}`, note: '', version: '1', token: token() }), name).toBe(409)
  }
  const review = paths.office.agreementPart('en', id, 'review')
  const decision = { do: 'approved', position: '0', note: '', review: id, token: token() }
  expect(await post(review, decision)).toBe(409)
  expect(await post(review, { ...decision, position: 'x' })).toBe(400)
  expect(await post(review, { do: 'nonsense', token: token() })).toBe(400)
  expect(await post(review, { surprise: '1' })).toBe(400)
  expect(await post(paths.office.agreementPart('en', id, 'checklist'), { 'answer.nonsense': 'cleared' })).toBe(400)
  const signatures = paths.office.agreementPart('en', id, 'signatures')
  expect(await post(signatures, { 'signatures.9.name': 'X', version: '1', token: token(), seen: '' })).toBe(409)
  await officer.context().close()
})
