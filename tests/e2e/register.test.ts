import { expect, type Page, test } from '@playwright/test'
import { languageTags, type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { walkedIn } from './languages.ts'

// Filters and saved views work without a script, so they are walked through without one.
test.use({ javaScriptEnabled: false })

async function open(page: Page, locale: Locale, path: string): Promise<void> {
  const t = translator(locale)
  await page.goto(path)
  await page.getByLabel(t('office:email')).fill(people.reader.email)
  await page.getByLabel(t('office:password')).fill(people.reader.password)
  await page.getByRole('button', { name: t('office:sign_in.do'), exact: true }).click()
  await expect(page).toHaveURL(path)
}

async function expectSound(page: Page, locale: Locale): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', languageTags[locale])
  await expect(page.locator('h1')).toHaveCount(1)
  expect(await page.locator('body').innerText()).not.toMatch(
    /\b(?:register|office|agreements|common):[a-z_.]+|\{\{|undefined/,
  )
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
}

for (const locale of locales) {
  const t = translator(locale)

  test(
    `in ${locale}: filters combine in the address, and a view of them is saved, renamed and deleted`,
    walkedIn(locale),
    async ({ page }) => {
      const name = `${locale} ${test.info().workerIndex} ${Date.now()}`
      const list = paths.office.agreements(locale)
      await open(page, locale, list)
      await expectSound(page, locale)
      await page.locator('.register-more > summary').click()
      await page.locator('[name="state"][value="draft"]').check()
      await page.locator('[name="state"][value="in_force"]').check()
      await page.locator('[name="country"]').selectOption('TH')
      await page.locator('[name="due"]').selectOption('30')
      await page.locator('[name="from"]').fill('1,000')
      await page.locator('[name="sort"]').selectOption('title')
      await page.locator('[name="q"]').fill('nothing at all')
      await page.locator('.register-first').getByRole('button').click()
      const { searchParams } = new URL(page.url())
      expect(searchParams.getAll('state')).toEqual(['draft', 'in_force'])
      expect([searchParams.get('country'), searchParams.get('due'), searchParams.get('sort')]).toEqual([
        'TH',
        '30',
        'title',
      ])
      await expectSound(page, locale)
      const chosen = page.getByRole('list', { name: t('common:filter.chosen') })
      await expect(chosen).toContainText(t('agreements:state.draft'))

      // It is open already where the person has views.
      if ((await page.locator('.saved-views').getAttribute('open')) === null) {
        await page.locator('.saved-views > summary').click()
      }
      await page.locator('.saved-views [name="name"]').fill(name)
      await page.getByRole('button', { name: t('register:saved.save') }).click()
      await expect(page.getByRole('status')).toContainText(t('register:saved.done_saved'))
      await chosen
        .getByRole('link')
        .filter({ hasText: t('agreements:state.draft') })
        .click()
      expect(new URL(page.url()).searchParams.getAll('state')).toEqual(['in_force'])
      await page.goto(list)
      await page.locator('.saved-views').getByRole('link', { name, exact: true }).click()
      expect(new URL(page.url()).searchParams.getAll('state')).toEqual(['draft', 'in_force'])

      await page.goto(paths.office.views(locale))
      await expectSound(page, locale)
      const view = page.locator('.desk-list > li', { hasText: name })
      await view.locator('[name="name"]').fill(`${name} +`)
      await view.getByRole('button', { name: t('register:saved.rename') }).click()
      await expect(page.getByRole('status')).toContainText(t('register:saved.done_renamed'))
      await view.getByRole('button', { name: t('register:saved.delete') }).click()
      await expect(page.getByRole('status')).toContainText(t('register:saved.done_deleted'))
      await expect(view).toHaveCount(0)
    },
  )

  test(
    `in ${locale}: a partner is found by a part of its name, and the register shown as a timeline`,
    walkedIn(locale),
    async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 780 })
      await open(page, locale, `${paths.office.agreements(locale)}?partner_name=kunming`)
      await expectSound(page, locale)
      await page.locator('main .notice .chosen a').first().click()
      expect(new URL(page.url()).searchParams.get('partner')).toMatch(/^[0-9a-f-]{36}$/)
      await page.getByRole('link', { name: t('register:view.timeline') }).click()
      expect(new URL(page.url()).searchParams.get('view')).toBe('timeline')
      await expectSound(page, locale)
    },
  )
}
