import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { languageNames, languageTags, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'

/** What every page of the portal owes every reader, whichever it is. */
async function expectSound(page: Page, locale: (typeof locales)[number]): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', languageTags[locale])
  await expect(page.locator('h1')).toHaveCount(1)
  await expect(page.locator('link[rel="alternate"]')).toHaveCount(
    (await page.locator('link[rel="canonical"]').count()) * 6,
  )
  const words = await page.locator('body').innerText()
  expect(words, 'a key that was not translated').not.toMatch(
    /\b(?:common|portal|terms|agreements|errors):[a-z_.]+|\{\{/,
  )
  expect(words).not.toMatch(/\bundefined\b|\[object /)
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(await page.evaluate(overflow), 'scrolls sideways').toBeLessThanOrEqual(0)
  await expectAccessible(page)
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

const kinds = ['', '/partners', '/labs', '/catalogue', '/agreements', '/network', '/briefs', '/about', '/policy']

test.beforeEach(({ page }) => {
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 40')) throw new Error(message.text())
  })
})

for (const locale of locales) {
  const t = translator(locale)

  test.describe(`in ${locale}`, () => {
    test('one walks from the list over a filter to a profile, and to the same page in another language', async ({
      page,
    }) => {
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(`/${locale}`)
      await page
        .locator('.nav-wide')
        .getByRole('link', { name: t('portal:nav.partners') })
        .click()
      await expect(page).toHaveURL(`/${locale}/partners`)
      await page.locator(`.facet a[href="/${locale}/partners?country=TH"]`).click()
      await page.locator(`.facet a[href="/${locale}/partners?country=TH&kind=university"]`).click()
      await expect(page.locator('.facet a[aria-current]')).toHaveCount(2)
      await expect(page.locator('.chosen li')).toHaveCount(3)
      await expectSound(page, locale)

      const other = locale === 'my' ? 'th' : 'my'
      await page.locator('.languages').getByText(languageNames[other]).click()
      await expect(page).toHaveURL(`/${other}/partners?country=TH&kind=university`)
      await page.goBack()

      await page.locator(`.entries a[href="/${locale}/partners/chiang-mai-university"]`).click()
      await expect(page.locator('h1')).not.toBeEmpty()
      await expect(page.locator('.names [lang]')).toHaveCount(4)
      await expect(page.locator(`a[href="/${locale}/briefs/partners/chiang-mai-university.pdf"]`)).toBeVisible()
      await expectSound(page, locale)
      await page.locator('.languages').getByText(languageNames[other]).click()
      await expect(page).toHaveURL(`/${other}/partners/chiang-mai-university`)
    })

    test('names are found by their words', async ({ page }) => {
      await page.goto(`/${locale}/partners?country=CN`)
      await page.getByRole('searchbox').fill('云南大学')
      await page.getByRole('searchbox').press('Enter')
      await expect(page).toHaveURL(/country=CN/)
      await expect(page.locator(`.entries a[href="/${locale}/partners/yunnan-university"]`)).toBeVisible()
      await page.getByRole('searchbox').fill('zzzz')
      await page.getByRole('searchbox').press('Enter')
      await expect(page.locator('.empty')).toContainText(t('portal:empty.partners'))
    })

    for (const kind of kinds) {
      test(`a page of ${kind || 'home'} fits a phone and passes axe`, async ({ page }) => {
        await page.setViewportSize({ width: 360, height: 740 })
        const answer = await page.goto(`/${locale}${kind}`)
        expect(answer?.status()).toBe(200)
        await expectSound(page, locale)
        if (!['/labs', '/catalogue', '/agreements'].includes(kind)) return
        await page.goto((await page.locator(`main a[href^="/${locale}${kind}/"]`).first().getAttribute('href')) ?? '')
        await expectSound(page, locale)
      })
    }

    test('what does not exist is told in the reader’s language', async ({ page }) => {
      for (const [path, status] of [
        ['/partners/no-such-partner', 404],
        ['/partners?country=XX', 400],
        ['/labs?page=999', 404],
        ['/catalogue/none', 404],
        ['/agreements?page=x', 400],
        ['/nothing', 404],
      ] as const) {
        const answer = await page.goto(`/${locale}${path}`)
        expect(answer?.status(), path).toBe(status)
        await expect(page.locator('html')).toHaveAttribute('lang', languageTags[locale])
        await expect(page.locator('h1')).toHaveCount(1)
      }
      await expectSound(page, locale)
    })
  })
}

test('every kind of page can be read in the dark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  for (const path of ['/en', '/en/partners?country=TH', '/en/partners/yunnan-university', '/en/network', '/en/about']) {
    await page.goto(path)
    await expectAccessible(page)
  }
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the menu opens on a phone, and lists can be narrowed', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto('/en/partners')
    await page.locator('.nav-narrow summary').click()
    await expect(page.locator('.nav-narrow').getByRole('link', { name: 'Network' })).toBeVisible()
    await page.locator('.nav-narrow summary').click()
    await page.locator('.facets > summary').click()
    await page.locator('.facet a[href="/en/partners?kind=agency"]').click()
    await expect(page).toHaveURL('/en/partners?kind=agency')
  })
})

test('Burmese pages fetch the Burmese font, and no other page fetches any', async ({ page }) => {
  const fonts: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'font') fonts.push(request.url())
  })
  for (const locale of ['zh', 'en', 'th', 'vi']) await page.goto(`/${locale}`, { waitUntil: 'networkidle' })
  expect(fonts).toEqual([])
  await page.goto('/my', { waitUntil: 'networkidle' })
  expect(new Set(fonts.map((url) => new URL(url).pathname.replace(/\..*$/, '')))).toEqual(
    new Set(['/_astro/burmese-400', '/_astro/burmese-600']),
  )
})

test('public pages run no script', async ({ page }) => {
  for (const path of ['/en', '/en/partners', '/en/partners/yunnan-university']) {
    await page.goto(path)
    expect(await page.locator('script:not([type="application/ld+json"])').count()).toBe(0)
  }
})

test('the keyboard reaches the content first', async ({ page }) => {
  await page.goto('/en/partners')
  await page.keyboard.press('Tab')
  await expect(page.locator('.skip')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})

test('a profile says in which language a fallback is', async ({ page }) => {
  await page.goto('/my/partners/academy-of-sciences-of-afghanistan')
  await expect(page.locator('.words')).toHaveAttribute('lang', 'en')
  await expect(page.locator('[data-notes]')).not.toBeEmpty()
})
