import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { sampleOpenXml, samplePdf } from '#tests/support/sample-files.ts'
import { walkedIn } from './languages.ts'
import { expectAccessible, expectFits, expectSound, newPage, openAs, recordAgreement } from './office-walk.ts'

test.use({ javaScriptEnabled: false })

const phone = { viewport: { width: 360, height: 780 } }

/** Records a draft with nothing but a title; returns its id. */
async function recordDraft(page: Page, locale: Locale, title: string): Promise<string> {
  await openAs(page, locale, people.officer, paths.office.newAgreement(locale))
  return recordAgreement(page, locale, { title, kind: 'cooperation_agreement' })
}

const pdf = (words: string, name: string) => ({ name, mimeType: 'application/pdf', buffer: samplePdf([], words) })

for (const locale of locales) {
  const t = translator(locale)

  test(
    `in ${locale}: a paper is added, refused, added again, read and archived`,
    walkedIn(locale),
    async ({ page }) => {
      const id = await recordDraft(page, locale, `Sample papers ${locale} ${Date.now()}`)
      const list = paths.office.documents(locale, id)
      await page.goto(list)
      await expectSound(page, locale)
      await expect(page.getByText(t('documents:none'))).toBeVisible()

      const send = page.locator('.panel').getByRole('button', { name: t('documents:upload') })
      await page.locator('[name="kind"]').selectOption('signed_copy')
      await page.locator('[name="title"]').fill('合作协议')
      await page.locator('[name="language"]').selectOption('zh')
      await page
        .locator('[name="file"]')
        .setInputFiles({ name: 'contract.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\x90') })
      await send.click()
      await expect(page.getByRole('alert')).toContainText(t('errors:field.file_executable'))
      await expect(page.locator('[name="title"]')).toHaveValue('合作协议')
      await expect(page.locator('[name="kind"]')).toHaveValue('signed_copy')
      await expectSound(page, locale)

      const name = '合作协议 – สัญญา – သဘောတူညီချက်.pdf'
      await page.locator('[name="file"]').setInputFiles(pdf(`one ${locale}`, name))
      await send.click()
      await expect(page.getByRole('status')).toContainText(t('documents:done.added'))
      await expectSound(page, locale)
      const hash = createHash('sha256')
        .update(samplePdf([], `one ${locale}`))
        .digest('hex')
      await expect(page.locator('.paper-hash')).toContainText(hash)
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
      expect(download.suggestedFilename()).toBe(name)
      expect(
        createHash('sha256')
          .update(await readFile(await download.path()))
          .digest('hex'),
      ).toBe(hash)

      await page.getByRole('link', { name: t('documents:details_of', { title: '合作协议' }) }).click()
      await expectSound(page, locale)
      await page
        .locator('[name="file"]')
        .setInputFiles({ name: 'later.docm', mimeType: '', buffer: sampleOpenXml('docm') })
      await page.getByRole('button', { name: t('documents:upload') }).click()
      await expect(page.getByRole('status')).toContainText(t('documents:done.add_version'))
      await expect(page.locator('.paper')).toHaveCount(2)
      await expect(page.locator('.paper').first()).toContainText(t('documents:flag.macros'))
      await expectSound(page, locale)

      await page.getByRole('button', { name: t('documents:archive') }).click()
      await expect(page.getByRole('status')).toContainText(t('documents:done.archive'))
      await expect(page.locator('[name="file"]')).toHaveCount(0)
      await page.goto(list)
      await expect(page.getByText(t('documents:archived_group'))).toBeVisible()
    },
  )

  test(
    `in ${locale}: a colleague who is mentioned finds the note and is done with it`,
    walkedIn(locale),
    async ({ browser, page }) => {
      const id = await recordDraft(page, locale, `Sample notes ${locale} ${Date.now()}`)
      const notes = paths.office.notes(locale, id)
      await page.goto(notes)
      await expectSound(page, locale)
      await page.locator('[name="body"]').fill('Please look at the date.\n\nIt is not the one agreed.')
      await page.getByLabel(people.reader.email, { exact: true }).check()
      await page
        .locator('.panel')
        .getByRole('button', { name: t('notes:save') })
        .click()
      await expect(page.getByRole('status')).toContainText(t('notes:done.written'))
      await expectSound(page, locale)

      const reader = await newPage(browser, phone)
      await openAs(reader, locale, people.reader, notes)
      await expect(reader.locator('.note-mine')).toContainText('Please look at the date.')
      await expectSound(reader, locale)
      await reader.getByRole('button', { name: t('notes:mark_seen') }).click()
      await expect(reader.getByRole('status')).toContainText(t('notes:done.seen'))
      await expect(reader.locator('.note-mine')).toHaveCount(0)
      await expect(reader.locator('[name="body"]')).toHaveCount(0)
      await reader.context().close()
    },
  )

  test(
    `in ${locale}: papers and notes fit a phone, and axe finds nothing`,
    walkedIn(locale),
    async ({ browser, page }) => {
      const id = await recordDraft(page, locale, `Sample pages ${locale} ${Date.now()}`)
      await page.goto(paths.office.documents(locale, id))
      await page.locator('[name="kind"]').selectOption('annex')
      await page.locator('[name="title"]').fill('Annex')
      await page.locator('[name="file"]').setInputFiles(pdf('annex', `${'a-long-name-'.repeat(10)}.pdf`))
      await page
        .locator('.panel')
        .getByRole('button', { name: t('documents:upload') })
        .click()
      const details = await page
        .getByRole('link', { name: t('documents:details_of', { title: 'Annex' }) })
        .getAttribute('href')

      // axe itself is a script.
      const narrow = await newPage(browser, { ...phone, javaScriptEnabled: true })
      await openAs(narrow, locale, people.officer, paths.office.documents(locale, id))
      for (const path of [paths.office.documents(locale, id), details ?? '', paths.office.notes(locale, id)]) {
        await narrow.goto(path)
        await expectSound(narrow, locale)
        await expectAccessible(narrow)
        await expectFits(narrow)
      }
      await narrow.context().close()
    },
  )
}
