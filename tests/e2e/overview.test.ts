import { readFile } from 'node:fs/promises'
import { read } from '@e965/xlsx'
import { expect, type Page, test } from '@playwright/test'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { expectAccessible, expectFits, expectSound, newPage, openAs, recordAgreement } from './office-walk.ts'

/** Every page, on a telephone too, fits and has nothing that axe minds. */
async function expectWell(page: Page, locale: Locale): Promise<void> {
  await expectSound(page, locale)
  await expectAccessible(page)
  await page.setViewportSize({ width: 360, height: 780 })
  await expectFits(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await expectFits(page)
}

/** The numbers of a text in whatever digits. */
const numberIn = (text: string) =>
  Number(text.replaceAll(/[၀-၉]/gu, (digit) => String(digit.codePointAt(0)! - 0x1040)).replaceAll(/\D/g, ''))

test('in my: numbers open their lists, the calendar shows what is due, and a report is changed and downloaded', async ({
  browser,
}) => {
  const locale = 'my'
  const t = translator(locale)
  const page = await newPage(browser, { javaScriptEnabled: true })
  await openAs(page, locale, people.officer, paths.office.newAgreement(locale))
  await recordAgreement(page, locale, {
    title: `Sample overview ${Date.now()}`,
    kind: 'technology_licence',
    chosen: { state: 'in_force' },
    filled: { amount: '1,200,000.50', currency: 'CNY' },
    dates: { signed: '2026-02-03', effective: '2026-02-10', ends: '2031-08-31' },
    parties: ['Sample University A', 'Sample University B'],
  })

  await page.getByRole('link', { name: t('overview:nav') }).click()
  await expect(page).toHaveURL(paths.office.overview(locale))
  await expectWell(page, locale)
  await expect(page.getByRole('img', { name: t('overview:kinds') })).toBeVisible()
  const row = page.getByRole('row', { name: t('agreements:kind.technology_licence') })
  const count = numberIn(await row.getByRole('link').innerText())
  expect(count).toBeGreaterThan(0)
  await row.getByRole('link').click()
  expect(numberIn(await page.locator('.results-count').innerText())).toBe(count)
  await expectSound(page, locale)

  await page.goto(`${paths.office.calendar(locale)}?month=2031-08`)
  await expectWell(page, locale)
  await page
    .locator('.calendar-items')
    .getByRole('link', { name: new RegExp(t('calendar:kind.end')) })
    .first()
    .click()
  await expect(page).toHaveURL(/#term$/)
  await page.goto(`${paths.office.calendar(locale)}?days=2031-08-31/2031-08-31`)
  await expect(page.locator('.agenda')).toContainText(t('calendar:kind.end'))
  await expectWell(page, locale)

  await page.goto(paths.office.reports(locale))
  await expectSound(page, locale)
  await page.goto(`${paths.office.report(locale, '2026-Q1')}?edit=signed`)
  await expectWell(page, locale)
  await page.locator('[name="value"]').fill('၁၃')
  await page.locator('#edit').getByRole('button').click()
  await expect(page.getByRole('alert')).toContainText(t('errors:field.required'))
  await expect(page.locator('[name="value"]')).toHaveValue('၁၃')
  await page.locator('[name="reason"]').fill('Sample reason')
  await page.locator('#edit').getByRole('button').click()
  await expect(page.getByRole('status')).toContainText(t('reports:done'))
  await expect(page.locator('.report-reason').first()).toContainText('Sample reason')
  await expectSound(page, locale)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t('reports:download') }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`${t('reports:file_name', { period: '2026-Q1' })}.xlsx`)
  const book = read(await readFile(await download.path()), { type: 'buffer' })
  expect(book.Sheets['Report']?.['B6']).toMatchObject({ t: 'n', v: 13 })
  expect(book.Sheets['Report']?.['A6']).toMatchObject({ v: t('reports:name.signed') })
})

test('in en: an administrator gives the office its own template, and takes it back', async ({ page }) => {
  const locale = 'en'
  const t = translator(locale)
  const path = paths.office.reportTemplate(locale)
  await openAs(page, locale, people.administrator, path)
  const send = async (name: string, bytes: Buffer) => {
    await page.locator('[name="file"]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
    await page.getByRole('button', { name: t('reports:template_keep') }).click()
  }
  await send('form.xlsx', Buffer.from('not a workbook'))
  await expect(page.getByRole('alert')).toBeVisible()
  await expectWell(page, locale)
  await send('上报表.xlsx', await readFile('src/features/reports/sample-template.xlsx'))
  await expect(page.getByRole('status')).toContainText(t('reports:template_done.kept'))
  await expect(page.locator('main')).toContainText('上报表.xlsx')
  await page.getByRole('button', { name: t('reports:template_sample') }).click()
  await expect(page.getByRole('status')).toContainText(t('reports:template_done.sample'))
})
