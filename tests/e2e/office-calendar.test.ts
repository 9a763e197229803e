import { expect, test } from '@playwright/test'
import ICAL from 'ical.js'
import { translator } from '#platform/i18n/translate.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { expectAccessible, expectFits, expectSound, field, newPage, openAs } from './office-walk.ts'

test('the calendar of working days is looked at and changed, and a feed made, read and revoked', async ({
  browser,
}) => {
  const locale = 'my'
  const t = translator(locale)
  const page = await newPage(browser, { javaScriptEnabled: true, viewport: { width: 360, height: 740 } })
  const address = withQuery(paths.office.workdays(locale), { year: 2026 })
  await openAs(page, locale, people.administrator, address)
  const sound = async () => {
    await expectSound(page, locale)
    await expectAccessible(page)
    await expectFits(page)
  }
  await sound()
  await expect(page.getByRole('listitem').filter({ hasText: 'အမျိုးသားနေ့' })).toHaveCount(1)

  await field(page, 'first').fill('2026-10-01')
  await page.locator('#days button').click()
  await expect(page.getByRole('alert')).toContainText(t('errors:field.calendar_taken'))
  await sound()
  await field(page, 'first').fill('2026-12-24')
  await field(page, 'name').fill('နမူနာရက်')
  await page.locator('#days button').click()
  await expect(page.getByRole('status')).toContainText(t('workdays:done.days'))
  const row = page.getByRole('listitem').filter({ hasText: 'နမူနာရက်' })
  await row.getByRole('link', { name: t('workdays:days.change') }).click()
  await field(page, 'last').fill('2026-12-25')
  await page.locator('#days button').click()
  await expect(page.getByRole('listitem').filter({ hasText: 'နမူနာရက်' }).locator('time')).toHaveCount(2)
  await row.getByRole('button', { name: t('workdays:days.remove') }).click()
  await expect(page.getByRole('status')).toContainText(t('workdays:done.remove'))
  await expect(row).toHaveCount(0)

  await page.goto(paths.office.account(locale))
  await page.getByRole('link', { name: t('feeds:title') }).click()
  await sound()
  await page.getByRole('button', { name: t('feeds:make') }).click()
  const feed = (await page.locator('.secret-address code').innerText()).trim()
  await sound()
  const stranger = await browser.newContext()
  const answer = await stranger.request.get(feed)
  expect([answer.status(), answer.headers()['content-type'], answer.headers()['cache-control']]).toEqual([
    200,
    'text/calendar; charset=utf-8',
    'private, no-store',
  ])
  expect(new ICAL.Component(ICAL.parse(await answer.text()) as unknown[]).name).toBe('vcalendar')
  await page.goto(paths.office.feed(locale))
  await expect(page.locator('.secret-address')).toHaveCount(0)
  await page.getByRole('button', { name: t('feeds:revoke') }).click()
  await expect(page.getByRole('status')).toContainText(t('feeds:done_revoked'))
  const gone = await stranger.request.get(feed)
  expect([gone.status(), gone.headers()['cache-control']]).toEqual([404, 'private, no-store'])
  expect(await gone.text()).not.toContain(feed.split('/').at(-1))
  await stranger.close()
})
