import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { codePattern } from '#features/issued-briefs/code.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { languageTags, type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { pdfsig } from '#tests/unit/platform/signing/tools.ts'

let folder: string
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yunqiao-verify-'))
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pdf = (buffer: Buffer, name = 'brief.pdf') => ({ name, mimeType: 'application/pdf', buffer })

async function briefOf(page: Page, locale: Locale, slug: string) {
  const response = await page.request.get(`/${locale}/briefs/partners/${slug}.pdf`)
  expect(response.status()).toBe(200)
  const bytes = await response.body()
  const code = new RegExp(`/${locale}/verify/(${codePattern})`).exec(bytes.toString('latin1'))?.[1] ?? ''
  return { bytes, code }
}

async function expectSound(page: Page, locale: Locale): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', languageTags[locale])
  await expect(page.locator('h1')).toHaveCount(1)
  const words = await page.locator('body').innerText()
  expect(words).not.toMatch(/\b(?:verify|common|portal|briefs|errors):[a-z_.]+|\{\{|undefined|\[object /)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
}

for (const locale of locales) {
  const t = translator(locale)

  test.describe(`in ${locale}, without a script`, () => {
    test.use({ javaScriptEnabled: false })

    test('a downloaded brief is found by its code, recognised, and told from an altered one', async ({ page }) => {
      const { bytes, code } = await briefOf(page, locale, 'chiang-mai-university')
      const said = pdfsig(bytes)
      expect(said).toContain('Signature is Valid')
      expect(said).toContain('Total document signed')

      await page.goto(`/${locale}/partners/chiang-mai-university`)
      const name = (await page.locator('h1').innerText()).trim()
      await page
        .locator('footer')
        .getByRole('link', { name: t('portal:nav.verify') })
        .click()
      await expect(page).toHaveURL(`/${locale}/verify`)
      await expectSound(page, locale)
      await page.getByLabel(t('verify:code.label')).fill(` ${code.toLowerCase().replaceAll('-', ' ')}`)
      await page.getByRole('button', { name: t('verify:code.do'), exact: true }).click()
      await expect(page).toHaveURL(`/${locale}/verify/${code}`)
      await expectSound(page, locale)
      await expect(page.locator('.facts').first()).toContainText(name)
      await expect(page.locator('.tag')).toHaveText(t('verify:standing.current'))
      await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/)

      const send = async (buffer: Buffer, called = 'brief.pdf') => {
        await page.getByLabel(t('verify:file.label')).setInputFiles(pdf(buffer, called))
        await page.getByRole('button', { name: t('verify:file.do'), exact: true }).click()
        await expectSound(page, locale)
        return page.locator('.notice h2').first()
      }
      await expect(await send(bytes, 'สรุป 简报 <b>.pdf')).toHaveText(t('verify:verdict.genuine'))
      await expect(page.locator('.notice').first()).toContainText('สรุป 简报 <b>.pdf')
      const altered = Buffer.from(bytes)
      const middle = Math.floor(altered.length / 2)
      altered[middle] = (altered[middle] ?? 0) ^ 1
      await expect(await send(altered)).toHaveText(t('verify:verdict.altered'))

      const other = await briefOf(page, locale, 'yunnan-university')
      await expect(await send(other.bytes)).toHaveText(t('verify:verdict.another'))
      await expect(page.locator(`a[href="/${locale}/verify/${other.code}"]`)).toBeVisible()

      await page.goto(`/${locale}/verify`)
      await expect(await send(bytes)).toHaveText(t('verify:verdict.genuine'))
      await expect(page.locator(`a[href="/${locale}/verify/${code}"]`)).toBeVisible()
      await expect(await send(Buffer.from('a letter'))).toHaveText(t('verify:verdict.not_pdf'))
    })

    test('what is no code, nobody’s code, no file or too large a file is told in words', async ({ page }) => {
      await page.goto(`/${locale}/verify`)
      await page.getByLabel(t('verify:code.label')).fill('7K3M-9XQ2')
      await page.getByRole('button', { name: t('verify:code.do'), exact: true }).click()
      await expect(page.locator('.field-error')).toContainText(t('verify:code.wrong'))
      await expect(page.getByLabel(t('verify:code.label'))).toHaveValue('7K3M-9XQ2')
      await page.getByRole('button', { name: t('verify:file.do'), exact: true }).click()
      await expect(page.getByRole('alert')).toContainText(t('verify:file.missing'))
      await expectSound(page, locale)

      const large = join(folder, `${locale}.pdf`)
      writeFileSync(large, '%PDF-1.7\n')
      truncateSync(large, 60 * 1024 * 1024)
      await page.getByLabel(t('verify:file.label')).setInputFiles(large)
      await page.getByRole('button', { name: t('verify:file.do'), exact: true }).click()
      await expect(page.getByRole('alert')).toContainText(
        t('verify:file.too_large', { megabytes: formatNumber(50, locale) }),
      )
      await expectSound(page, locale)

      const response = await page.goto(`/${locale}/verify/0000-0000-0000-0000-0000`)
      expect(response?.status()).toBe(404)
      await expect(page.locator('h1')).toHaveText(t('errors:no_such_brief'))
    })
  })

  test(`in ${locale}: the pages are accessible on a telephone and on a desk, and the certificate is there`, async ({
    page,
  }) => {
    const { code } = await briefOf(page, locale, 'chiang-mai-university')
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      for (const path of [`/${locale}/verify`, `/${locale}/verify?code=x`, `/${locale}/verify/${code}`]) {
        await page.goto(path)
        await expectSound(page, locale)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
        if (process.env['SHOTS'] !== undefined) {
          const name = `${locale}-${width}-${path.split('/')[2]?.replace(/\W/g, '') ?? ''}${path.includes(code) ? '-code' : ''}`
          await page.screenshot({ path: join(process.env['SHOTS'], `${name}.png`), fullPage: true })
        }
      }
    }
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: t('verify:certificate.download') }).click(),
    ])
    const file = join(folder, `${locale}.pem`)
    await download.saveAs(file)
    expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n/)
    expect((await page.request.get('/hub-certificate.pem')).status()).toBe(200)
  })
}
