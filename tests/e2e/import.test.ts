import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { expectAccessible, expectFits, expectSound, newPage, openAs } from './office-walk.ts'

test.use({ javaScriptEnabled: false })

const t = translator('zh')

/** Days that are no days, an order of day and month that nobody knows, a kind that there is not. */
function sheet(mark: string): Buffer {
  const lines = [
    ['合同编号', '协议名称', '协议类型', '甲方', '乙方', '签订日期', '到期日期', '合同金额（万元）', '币种', '备注'],
    [
      `导入${mark}-1`,
      `示例导入协议一 ${mark}`,
      '合作协议',
      '示例甲公司',
      '示例乙公司',
      '2026年5月1日',
      '2030-12-31',
      '120.5',
      '人民币',
      '',
    ],
    [
      `导入${mark}-2`,
      `示例导入协议二 ${mark}`,
      '谅解备忘录',
      '示例甲公司',
      '示例丙公司',
      '01/05/2569',
      '2030',
      '',
      '',
      '=1+1',
    ],
    [
      `导入${mark}-3`,
      `示例导入协议三 ${mark}`,
      '没有这种类别',
      '示例甲公司',
      '示例丁公司',
      '2026-02-30',
      '',
      '',
      '',
      '',
    ],
  ]
  return Buffer.from(`\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`)
}

async function send(page: Page, name: string, mark: string): Promise<void> {
  await page.goto(paths.office.imports('zh'))
  await page.locator('[name="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer: sheet(mark) })
  await page
    .locator('main')
    .getByRole('button', { name: t('imports:upload') })
    .click()
}

const check = (page: Page) => page.locator('.office-form > .button', { hasText: t('imports:mapping.check') }).click()

test('in zh: a spreadsheet with errors is read, mended in its batch, committed, and changes nothing a second time', async ({
  page,
  browser,
}) => {
  const mark = String(Date.now())
  await openAs(page, 'zh', people.officer, paths.office.imports('zh'))
  await expectSound(page, 'zh')
  await page
    .locator('[name="file"]')
    .setInputFiles({ name: 'old.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('MZ\x90\0') })
  await page
    .locator('main')
    .getByRole('button', { name: t('imports:upload') })
    .click()
  await expect(page.getByRole('alert')).toContainText(t('imports:problem.sheet_other_kind'))

  await send(page, `协议台账${mark}.csv`, mark)
  await expect(page).toHaveURL(/\/columns$/)
  await expectSound(page, 'zh')
  const columns = new URL(page.url()).pathname
  await expect(page.locator('[name="column.0"]')).toHaveValue('reference')
  await expect(page.locator('[name="column.3"]')).toHaveValue('parties')
  await expect(page.locator('[name="column.4"]')).toHaveValue('parties')
  await expect(page.locator('[name="column.9"]')).toHaveValue('')
  await expect(page.locator('[name="amountUnit"]')).toHaveValue('10000')
  await check(page)
  await expect(page.getByRole('alert')).toContainText(t('errors:field.secrecy'))
  await page.locator('[name="secrecy"][value="none"]').check()
  await page.locator('[name="state"]').selectOption('in_force')
  await check(page)

  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]+$/)
  const batch = new URL(page.url()).pathname
  await expectSound(page, 'zh')
  const wrong = page.locator('.import-problems')
  await expect(wrong.filter({ hasText: '01/05/2569' })).toBeVisible()
  await expect(wrong.filter({ hasText: '没有这种类别' })).toContainText('2026-02-30')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t('imports:errors.download') }).click(),
  ])
  expect(await readFile(await download.path(), 'utf8')).toContain('没有这种类别')

  const narrow = await newPage(browser, { javaScriptEnabled: true, viewport: { width: 360, height: 780 } })
  await openAs(narrow, 'zh', people.officer, batch)
  for (const path of [batch, columns, paths.office.imports('zh'), `${batch}/rows/4`]) {
    await narrow.goto(path)
    await expectFits(narrow)
    await expectAccessible(narrow)
  }

  await page.locator('[name="dayOrder"][value="day"]').check()
  await page.getByRole('button', { name: t('imports:answer') }).click()
  await expect(page.getByRole('button', { name: t('imports:commit.do', { count: 2, n: '2' }) })).toBeVisible()

  await page.getByRole('link', { name: t('imports:row.mend_row', { row: 4 }) }).click()
  await expectSound(page, 'zh')
  await page.locator('[name="cell.2"]').fill('合作协议')
  await page.locator('form .button', { hasText: t('imports:row.save') }).click()
  await expect(page.getByRole('alert')).toContainText('2026-02-30')
  await page.locator('[name="cell.5"]').fill('2026-02-28')
  await page.locator('form .button', { hasText: t('imports:row.save') }).click()
  await expect(page.getByRole('status')).toContainText(t('imports:done.mended', { row: '4' }))

  await page.getByRole('button', { name: t('imports:commit.do', { count: 3, n: '3' }) }).click()
  await expect(page.getByRole('status')).toContainText(t('imports:done.committed', { count: 3, n: '3' }))
  await page
    .getByRole('link', { name: t('imports:row.see') })
    .nth(1)
    .click()
  await expect(page.locator('main')).toContainText(`示例导入协议二 ${mark}`)
  await expect(page.locator('main')).toContainText('2026年5月1日')

  await send(page, `协议台账${mark}.csv`, mark)
  await expect(page.locator('[name="state"]')).toHaveValue('in_force')
  await page.locator('[name="secrecy"][value="none"]').check()
  await page.locator('[name="dayOrder"]').selectOption('day')
  await check(page)
  await expect(page.getByText(t('imports:commit.nothing'))).toBeVisible()
  await expect(page.locator('.import-states')).toContainText(`${t('imports:rows.same')} 3`)
})
