import { expect, type Locator, type Page } from '@playwright/test'
import { codePattern } from '#features/issued-briefs/code.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'

/** Steps of people who put a brief together, and of those who receive it. */

/** Adds what a public page is about, with the page's own button. */
export async function add(page: Page, locale: Locale, path: string): Promise<void> {
  await page.goto(path)
  await page.locator('.brief-add button[name="item"]').click()
  await expect(page).toHaveURL(new RegExp(`^[^?]*${paths.selection(locale)}\\?done=added`))
}

/** Waits on the page of a brief until it is ready, as its reader would: the page loads itself again. */
export async function download(page: Page, locale: Locale): Promise<Buffer> {
  const link = page.getByRole('link', { name: translator(locale)('briefs:choice.download'), exact: true })
  await expect(link).toBeVisible({ timeout: 30_000 })
  const answer = await page.request.get((await link.getAttribute('href')) ?? '')
  expect(answer.status()).toBe(200)
  expect(answer.headers()['content-type']).toBe('application/pdf')
  expect(answer.headers()['cache-control']).toContain('no-store')
  return answer.body()
}

/** Orders the document of a visitor's own selection, and waits for it. */
export async function order(page: Page, locale: Locale): Promise<Buffer> {
  await page.goto(paths.selection(locale))
  await page.getByRole('button', { name: translator(locale)('selections:make') }).click()
  return download(page, locale)
}

/** The code that a brief carries, from the address that it prints. */
export const codeOf = (pdf: Buffer) => new RegExp(`/verify/(${codePattern})`).exec(pdf.toString('latin1'))?.[1] ?? ''

/** Hands a file to the page that tells what it is; the verdict. */
export async function handIn(page: Page, locale: Locale, buffer: Buffer): Promise<Locator> {
  const t = translator(locale)
  await page.getByLabel(t('verify:file.label')).setInputFiles({ name: 'x.pdf', mimeType: 'application/pdf', buffer })
  await page.getByRole('button', { name: t('verify:file.do'), exact: true }).click()
  return page.locator('.notice h2').first()
}
