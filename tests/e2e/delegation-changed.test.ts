import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { projectRoot } from '#platform/config.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { add, codeOf, handIn, order } from './brief-walk.ts'
import { expectAccessibleElsewhere, expectSound, newPage } from './office-walk.ts'

/** Partners that no other test looks at, nor at their countries, one for each language: these change. */
const changing: Readonly<Record<Locale, string>> = {
  zh: 'central-south-university',
  en: 'can-tho-university',
  th: 'college-of-science-and-technology-bhutan',
  vi: 'bandung-institute-of-technology',
  my: 'bangladesh-agricultural-university',
}

/** Another that goes with it and stays as it is. */
const staying = 'assam-agricultural-university'

const original = (slug: string) => readFileSync(`${projectRoot}/content/partners/${slug}.yaml`, 'utf8')

/** Publishes a record as an operator does who was sent another text: from a file, beside the running site. */
async function publish(slug: string, record: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yunqiao-pack-'))
  try {
    mkdirSync(join(folder, 'partners'))
    writeFileSync(join(folder, 'partners', `${slug}.yaml`), record)
    const { DATABASE_URL: _, BASE_URL: __, ...inherited } = process.env
    const env = { ...inherited, LOG_LEVEL: 'warn', DATA_DIR: readFileSync(inherited['E2E_DATA_FILE'] ?? '', 'utf8') }
    const words = ['src/cli/main.ts', 'content', 'import', folder]
    await promisify(execFile)(process.execPath, words, { cwd: projectRoot, env })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

for (const locale of locales) {
  const t = translator(locale)
  const slug = changing[locale]

  test(`a record of a brief is changed, and the page of its code says which in ${locale}, until it is changed back`, async ({
    browser,
  }) => {
    test.setTimeout(120_000)
    const page = await newPage(browser, { viewport: { width: 1280, height: 900 } })
    await add(page, locale, paths.partner(locale, slug))
    await add(page, locale, paths.partner(locale, staying))
    const pdf = await order(page, locale)
    const verified = paths.verifyCode(locale, codeOf(pdf))
    await page.goto(verified)
    await expect(page.locator('.tag')).toHaveText(t('verify:standing.current'))

    await publish(slug, original(slug).replaceAll(/^( {4}name: .*)$/gmu, '$1 2026'))
    await page.goto(paths.partner(locale, slug))
    const renamed = (await page.locator('h1').innerText()).trim()
    expect(renamed).toMatch(/ 2026$/)
    await page.goto(verified)
    await expect(page.locator('.tag')).toHaveText(t('verify:standing.changed'))
    await expect(page.locator('main')).toContainText(t('verify:standing.changed_text'))
    const changed = page.locator('.changed li')
    await expect(changed).toHaveCount(1)
    await expect(changed.getByRole('link')).toHaveText(renamed)
    await expect(changed.getByRole('link')).toHaveAttribute('href', paths.partner(locale, slug))
    await expectSound(page, locale)
    await expectAccessibleElsewhere(browser, page)
    if (process.env['SHOTS'] !== undefined) {
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 900 })
        await page.screenshot({ path: join(process.env['SHOTS'], `${locale}-${width}-changed.png`), fullPage: true })
      }
    }
    // Not current, and genuine all the same.
    await expect(await handIn(page, locale, pdf)).toHaveText(t('verify:verdict.genuine'))
    // Asked for anew it has the new name, and is another brief.
    const anew = await order(page, locale)
    expect(codeOf(anew)).not.toBe(codeOf(pdf))

    await publish(slug, original(slug))
    const again = await order(page, locale)
    expect(codeOf(again)).toBe(codeOf(pdf))
    expect(again.equals(pdf)).toBe(true)
    await page.goto(verified)
    await expect(page.locator('.tag')).toHaveText(t('verify:standing.current'))
    await page.goto(paths.verifyCode(locale, codeOf(anew)))
    await expect(page.locator('.tag')).toHaveText(t('verify:standing.changed'))
  })
}
