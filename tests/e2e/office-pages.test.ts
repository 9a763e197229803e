import { expect, type Page, test } from '@playwright/test'
import { locales } from '#platform/i18n/locales.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { walkedIn } from './languages.ts'
import {
  expectAccessible,
  expectFits,
  expectSound,
  field,
  fillParts,
  newPage,
  openAs,
  recordAgreement,
  save,
  workOn,
} from './office-walk.ts'

// One agreement that has everything, made once; every test looks at it in a language, on a telephone. (The desk, the
// register, help, account and the form of a new agreement are in office.test.ts.)
test.describe.configure({ mode: 'default', timeout: 240_000 })

let page: Page
let id: string
/** The page of what was added last under an address, as the page there links to it. */
const added = { milestone: '', due: '', amendment: '', document: '' }

/** The end of the first address on the page that goes on below a path. */
async function below(path: string, pattern: RegExp): Promise<readonly string[]> {
  const links = await page
    .locator(`main a[href^="${path}/"]`)
    .evaluateAll((all) => all.map((a) => a.getAttribute('href')))
  const found = links.map((href) => pattern.exec((href ?? '').slice(path.length + 1))).find((match) => match !== null)
  expect(found, `${pattern} in ${links.join(' ')}`).toBeTruthy()
  return [...(found ?? [])].slice(1)
}

test.beforeAll(async ({ browser }) => {
  const locale = 'en'
  page = await newPage(browser, { javaScriptEnabled: true, viewport: { width: 360, height: 780 } })
  await openAs(page, locale, people.administrator, paths.office.home(locale))
  id = await recordAgreement(page, locale, {
    title: `Sample agreement that has everything ${Date.now()}`,
    kind: 'cooperation_agreement',
    parties: ['Sample University A', 'Sample University B'],
    chosen: { state: 'in_force', noticeUnit: 'months', prevailing: 'zh' },
    filled: { 'titles.zh': '示例协议', noticeAmount: '3', leadDays: '30', amount: '1000000', currency: 'CNY' },
    dates: { signed: '2026-01-15', effective: '2026-02-01', ends: '2029-01-31' },
    authentic: ['zh', 'en'],
  })
  const work = workOn(page, locale, id)
  await work.upload('signed_copy', 'Sample copy', 'en')
  ;[added.document = ''] = await below(paths.office.documents(locale, id), /^([0-9a-f-]{36})$/)

  await page.goto(paths.office.newMilestone(locale, id))
  await field(page, 'title').fill('A sample workshop')
  await field(page, 'kind').selectOption('milestone')
  await field(page, 'party').selectOption('0')
  await field(page, 'firstDue').fill('2026-09-30')
  await save(page)
  ;[added.milestone = '', added.due = ''] = await below(
    paths.office.milestones(locale, id),
    /^([0-9a-f-]{36})\/(\d{4}-\d\d-\d\d)$/,
  )

  await page.goto(paths.office.newAmendment(locale, id))
  await field(page, 'kind').selectOption('term')
  await field(page, 'on').fill('2026-06-01')
  await page.getByRole('button', { name: work.t('amendments:next') }).click()
  await field(page, 'amendment.summary').fill('Two more years')
  await field(page, 'amendment.signedOn').fill('2026-05-20')
  await fillParts(page, 'ends', '2031-01-31')
  await page.locator('[name="amendment.languages"][value="zh"]').check()
  await save(page)
  ;[added.amendment = ''] = await below(paths.office.amendments(locale, id), /^([0-9a-f-]{36})$/)

  await page.goto(paths.office.notes(locale, id))
  await page.locator('main textarea').first().fill('A sample note')
  await page.locator('main button.button[value="save"]').click()
  await expect(page.locator('main')).toContainText('A sample note')
})
test.afterAll(() => page.context().close())

test('in th: clauses, links, the scheme of numbers and a number are saved', async () => {
  const locale = 'th'
  const { t, open, overview } = workOn(page, locale, id)
  const done = (words: string) => expect(page.getByRole('status')).toContainText(words)

  await page.goto(withQuery(paths.office.agreementPart(locale, id, 'languages'), { edit: 1 }))
  await field(page, 'heading').fill('ข้อ 1')
  await field(page, 'words.zh').fill('双方平等合作。')
  await field(page, 'words.en').fill('The parties cooperate as equals.')
  await page
    .getByRole('button', { name: t('office:save'), exact: true })
    .last()
    .click()
  await done(t('papers:done.saved'))
  await expect(page.locator('main')).toContainText('双方平等合作。')

  const other = `Sample agreement that is linked ${Date.now()}`
  await recordAgreement(page, locale, { title: other, parties: ['Sample University A', 'Sample University B'] })
  await open('links')
  await field(page, 'q').fill(other)
  await page.getByRole('button', { name: t('links:find') }).click()
  await field(page, 'kind').selectOption({ index: 1 })
  await field(page, 'otherId').first().check()
  await page.getByRole('button', { name: t('links:link'), exact: true }).click()
  await done(t('links:done.added'))
  await expect(page.locator('main')).toContainText(other)

  await page.goto(paths.office.settings(locale))
  const scheme = await field(page, 'scheme').inputValue()
  await field(page, 'scheme').fill(scheme === '' ? '示例〔{year}〕{n}号' : scheme)
  await page.locator('button[value="scheme"]').click()
  await done(t('office:settings.done'))

  await page.goto(overview)
  await page.getByRole('button', { name: t('office:number.give') }).click()
  await done(t('office:done.numbered'))
  await expect(page.getByRole('button', { name: t('office:number.give') })).toHaveCount(0)
})

test('in th: rules of reminders are refused, mended and saved, for the office and for the agreement', async () => {
  const locale = 'th'
  const { t } = workOn(page, locale, id)
  const main = page.locator('main')

  await page.goto(paths.office.reminderRules(locale))
  await field(page, 'before.end').fill('เร็ว ๆ นี้')
  const press = () => main.locator('.actions').getByRole('button').click()
  await press()
  await expect(main).toContainText(t('errors:field.reminder_days', { most: 8, furthest: 730 }))
  await expect(field(page, 'before.end')).toHaveValue('เร็ว ๆ นี้')
  await field(page, 'before.end').fill('๑๘๐ ๙๐ ๓๐')
  await press()
  await expect(page.getByRole('status')).toContainText(t('reminders:rules.saved'))
  await expect(field(page, 'before.end')).toHaveValue('180, 90, 30')

  await page.goto(paths.office.agreementReminders(locale, id))
  await page.locator('[name="own"][value="payment"]').check()
  await field(page, 'before.payment').fill('10')
  await field(page, 'after.payment').fill('')
  await page.locator('[name="toPartners"]').check()
  await page.locator('button[value="rules"]').click()
  await expect(page.getByRole('status')).toContainText(t('reminders:rules.saved'))
  await expect(page.locator('[name="own"][value="payment"]')).toBeChecked()
  await expect(page.locator('[name="toPartners"]')).toBeChecked()
  await page.goto(paths.office.agreement(locale, id))
  await expect(page.locator('#history')).toContainText(t('reminders:did.rules'))
})

for (const locale of locales) {
  test(
    `in ${locale}: every page of the office reads well, fits a telephone, and axe finds nothing`,
    walkedIn(locale),
    async () => {
      const { office } = paths
      const part = (name: Parameters<typeof office.agreementPart>[2]) => office.agreementPart(locale, id, name)
      for (const [at, path] of [
        ...[office.views(locale), office.settings(locale)],
        ...[office.agreement(locale, id), office.editAgreement(locale, id)],
        ...[part('review'), part('checklist'), part('signatures'), part('people'), part('papers')],
        ...[part('languages'), withQuery(part('languages'), { edit: 1 })],
        ...[part('links'), withQuery(part('links'), { q: 'sample' })],
        ...[office.documents(locale, id), office.document(locale, id, added.document), office.notes(locale, id)],
        ...[office.milestones(locale, id), office.newMilestone(locale, id)],
        ...[office.milestone(locale, id, added.milestone), office.dueDay(locale, id, added.milestone, added.due)],
        ...[office.amendments(locale, id), office.newAmendment(locale, id)],
        ...[office.amendment(locale, id, added.amendment)],
        withQuery(office.asOf(locale, id), { on: '2026-03-01' }),
        ...[office.reminders(locale), withQuery(office.reminders(locale), { all: 'yes', settled: 'yes' })],
        ...[office.agreementReminders(locale, id), office.reminderRules(locale), office.workdays(locale)],
        ...[office.overview(locale), office.calendar(locale), withQuery(office.calendar(locale), { view: 'agenda' })],
        ...[office.reports(locale), office.report(locale, '2026-H1'), office.reportTemplate(locale)],
        ...[office.imports(locale), office.outbox(locale), office.feed(locale)],
      ].entries()) {
        const answer = await page.goto(path)
        expect(answer?.status(), path).toBe(200)
        await expectSound(page, locale)
        // The checker takes most of the time: each page in two of the languages, and in each language two fifths of them.
        if ((at + locales.indexOf(locale)) % locales.length < 2) await expectAccessible(page)
        await expectFits(page)
      }
    },
  )
}
