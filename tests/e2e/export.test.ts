import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import Papa from 'papaparse'
import { headingOf, sheetColumns } from '#features/agreements/sheet-columns.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { expectSound, openOwn } from './office-walk.ts'

test('in th: the list as it is filtered is saved as a file; of nothing there is no OCDS, and a page says so', async ({
  browser,
}) => {
  const locale = 'th'
  const t = translator(locale)
  const list = `${paths.office.agreements(locale)}?q=no-such-number&state=draft&state=signed&sort=title`
  const page = await openOwn(browser, locale, people.reader, list)
  await page.locator('.register-export > summary').click()
  await expectSound(page, locale)
  const button = page.getByRole('button', { name: t('sheet:export.do') })
  await page.getByLabel(t('sheet:export.data_all')).check()
  await page.getByLabel(t('sheet:export.format_csv'), { exact: true }).check()
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  expect(download.suggestedFilename()).toMatch(/^agreements-\d{4}-\d{2}-\d{2}\.csv$/)
  const asked = new URL(download.url()).searchParams
  expect([asked.get('q'), ...asked.getAll('state'), asked.get('sort')]).toEqual([
    ...['no-such-number', 'draft', 'signed', 'title'],
  ])
  const { data } = Papa.parse<string[]>(await readFile(await download.path(), 'utf8'), { skipEmptyLines: true })
  expect(data).toEqual([sheetColumns.map(({ key }) => headingOf(t, key))])

  await page.getByLabel(t('sheet:export.format_ocds'), { exact: true }).check()
  await button.click()
  await expect(page.locator('h1')).toContainText(t('errors:export_empty'))
  await expectSound(page, locale)
  await page.context().close()
})
