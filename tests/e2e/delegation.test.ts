import { expect, test } from '@playwright/test'
import { languageTags, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { pdftotextWhole } from '#tests/unit/platform/pdf/tools.ts'
import { pdfsig } from '#tests/unit/platform/signing/tools.ts'
import { add, codeOf, download, handIn } from './brief-walk.ts'
import { expectAccessible, expectFits, expectSound, field, newPage, openAs } from './office-walk.ts'

const textOf = (pdf: Buffer) => pdftotextWhole(pdf).replaceAll(/\s+/gu, '')

const packed = (words: string) => words.replaceAll(/\s+/gu, '')

for (const locale of locales) {
  const t = translator(locale)
  const other = locale === 'zh' ? 'th' : 'zh'

  test(`a selection is put together without a script in ${locale}, in two languages, and passed on`, async ({
    browser,
  }) => {
    const page = await newPage(browser, { viewport: { width: 1280, height: 900 } })
    await add(page, locale, paths.partner(locale, 'chiang-mai-university'))
    await page.getByRole('link', { name: t('selections:back') }).click()
    await expect(page).toHaveURL(paths.partner(locale, 'chiang-mai-university'))
    await add(page, locale, paths.briefChoice(locale, 'countries', 'th'))
    await page.goto(`${paths.partners(locale)}?side=yunnan&kind=university`)
    const boxes = page.locator('.brief-pick input')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await page.getByRole('button', { name: t('selections:add_picked') }).click()
    const items = page.locator('.selection-items > li')
    await expect(items).toHaveCount(4)
    await expectSound(page, locale)

    const names = await page.locator('.selection-items .entry-name').allInnerTexts()
    await items.nth(1).locator('button[value^="up:"]').click()
    await expect(page.locator('.selection-items .entry-name')).toHaveText([
      names[1],
      names[0],
      names[2],
      names[3],
    ] as string[])
    await items.nth(3).locator('button[value^="remove:"]').click()
    await expect(items).toHaveCount(3)

    await field(page, 'title').fill('x'.repeat(5000))
    await page
      .getByRole('button', { name: t('selections:save'), exact: true })
      .last()
      .click()
    await expect(page.getByRole('alert')).toBeVisible()
    await field(page, 'title').fill('2026 · 昆明')
    await field(page, 'startsOn').fill('2026-05-04')
    await field(page, 'first').selectOption(locale)
    await field(page, 'second').selectOption(other)
    await page.getByRole('button', { name: t('selections:make') }).click()
    await expect(page).toHaveURL(/\/made\/[0-9a-f]{32}$/)
    const where = page.url()
    const pdf = await download(page, locale)
    const text = textOf(pdf)
    expect(text).toContain('2026·昆明')
    for (const language of [locale, other] as const) {
      expect(text).toContain(packed(translator(language)('delegations:glossary')))
    }
    expect(text).toContain(packed(names[0] ?? ''))
    await expectSound(page, locale)

    // Whoever receives it can tell that it is genuine, and nothing else passes for it.
    expect(pdfsig(pdf)).toContain('Signature is Valid')
    expect(pdfsig(pdf)).toContain('Total document signed')
    await page.goto(paths.verifyCode(locale, codeOf(pdf)))
    await expect(page.locator('.facts').first()).toContainText('2026 · 昆明')
    await expect(page.locator('.tag')).toHaveText(t('verify:standing.current'))
    await expect(await handIn(page, locale, pdf)).toHaveText(t('verify:verdict.genuine'))
    const altered = Buffer.from(pdf)
    const middle = Math.floor(altered.length / 2)
    altered[middle] = (altered[middle] ?? 0) ^ 1
    await expect(await handIn(page, locale, altered)).toHaveText(t('verify:verdict.altered'))
    await expectSound(page, locale)

    // Left, and found again from the selection.
    await page.goto(paths.selection(locale))
    await page.locator('a[href*="/made/"]').click()
    await expect(page).toHaveURL(where)

    await page.goto(paths.selection(locale))
    const link = await page.locator('.selection-link a').innerText()
    const colleague = await browser.newContext({ javaScriptEnabled: false, locale: languageTags[other] })
    const theirs = await colleague.newPage()
    await theirs.goto(new URL(link).pathname)
    await expect(theirs).toHaveURL(new RegExp(`/${other}/briefs/selection/shared/`))
    await theirs.getByRole('button', { name: translator(other)('selections:shared.copy') }).click()
    await expect(theirs.locator('.selection-items > li')).toHaveCount(3)
    await expectSound(theirs, other)
  })
}

test('the pages of the site are the same for everybody, whatever they selected', async ({ browser, request }) => {
  const page = await newPage(browser)
  const path = paths.partner('en', 'chiang-mai-university')
  await add(page, 'en', path)
  const cookies = await page.context().cookies()
  expect(cookies.map((cookie) => cookie.path).toSorted()).toEqual(
    locales.map((locale) => paths.selection(locale)).toSorted(),
  )
  await request.get(path)
  const before = await request.get(path)
  const after = await page.request.get(path)
  expect(await after.text()).toBe(await before.text())
  expect(after.headers()['etag']).toBe(before.headers()['etag'])
  expect(before.headers()['set-cookie']).toBeUndefined()
  expect(after.headers()['cache-control']).toBe('no-cache')
  const again = await page.request.get(path, { headers: { 'if-none-match': after.headers()['etag'] ?? '' } })
  expect(again.status()).toBe(304)
  const own = await page.request.get(paths.selection('en'))
  expect(own.headers()['cache-control']).toBe('no-store')
})

test('what is wrong is told with its code, in the reader’s language', async ({ page }) => {
  for (const locale of locales) {
    const t = translator(locale)
    for (const code of ['x', '0'.repeat(32)]) {
      const shared = await page.goto(paths.sharedSelection(locale, code))
      expect(shared?.status()).toBe(404)
      await expect(page.locator('h1')).toHaveText(t('errors:selection_not_found'))
      expect((await page.goto(paths.madeBrief(locale, code)))?.status()).toBe(404)
      await expect(page.locator('h1')).toHaveText(t('errors:document_not_found'))
    }
  }
  await page
    .context()
    .addCookies([{ name: 'yunqiao_brief', value: 'nonsense', domain: '127.0.0.1', path: '/en/briefs/selection' }])
  await page.goto(paths.selection('en'))
  await expect(page.locator('main')).toContainText('selection_not_found')
})

test('staff keep a visit, in the office alone, and hand its brief over', async ({ browser }) => {
  const locale = 'th'
  const t = translator(locale)
  const page = await newPage(browser, { viewport: { width: 1280, height: 900 } })
  await openAs(page, locale, people.officer, paths.office.visits(locale))
  await expectSound(page, locale)
  await add(page, locale, paths.partner(locale, 'chiang-mai-university'))
  const name = `Visit ${Date.now()}`
  await page.getByLabel(t('selections:field.name')).fill(name)
  await page.getByRole('button', { name: t('selections:kept.keep_do') }).click()
  await expect(page.getByRole('status')).toContainText(t('selections:done.kept'))

  await page.goto(paths.office.newVisit(locale))
  await expectSound(page, locale)
  await page.locator('[name="second"]').selectOption('zh')
  await page.locator('[name="title.th"]').fill('คณะผู้แทนเชียงใหม่')
  await page.locator('[name="startsOn"]').fill('2026-05-04')
  await page.locator('[name="endsOn"]').fill('2026-05-05')
  await page.getByLabel(name, { exact: true }).check()
  await page.locator('[name="notes"]').fill('ข้อสังเกตภายใน')
  await page
    .locator('.actions')
    .getByRole('button', { name: t('office:save') })
    .click()
  await expect(page.getByRole('status')).toContainText(t('visits:done.recorded'))
  const visit = page.url().replace(/\?.*$/, '')

  await page.getByRole('link', { name: t('visits:add_person.guest') }).click()
  await expectSound(page, locale)
  await page.locator('[name="name.th"]').fill('สมชาย ใจดี')
  await page.locator('[name="name.zh"]').fill('颂猜')
  await page.locator('[name="title.th"]').fill('คณบดี')
  await page
    .locator('.actions')
    .getByRole('button', { name: t('office:save') })
    .click()
  await page.getByRole('link', { name: t('visits:form.programme_new') }).click()
  await expectSound(page, locale)
  await page.locator('[name="startsAt"]').fill('09:30')
  await page.locator('[name="what.th"]').fill('ประชุมทวิภาคี')
  await page
    .locator('.actions')
    .getByRole('button', { name: t('office:save') })
    .click()
  await page.getByRole('link', { name: t('visits:form.tasks_new') }).click()
  await page.locator('[name="what"]').fill('ส่งบันทึกการประชุม')
  await page
    .locator('.actions')
    .getByRole('button', { name: t('office:save') })
    .click()
  await page.getByRole('button', { name: t('visits:finish') }).click()
  await expect(page.getByRole('status')).toContainText(t('visits:done.finished'))
  await expectSound(page, locale)

  await page.getByRole('button', { name: t('selections:make') }).click()
  const pdf = await download(page, locale)
  const text = textOf(pdf)
  for (const words of ['คณะผู้แทนเชียงใหม่', 'สมชาย ใจดี', '颂猜', 'ประชุมทวิภาคี', '09:30']) {
    expect(text).toContain(packed(words))
  }
  for (const words of ['ข้อสังเกตภายใน', 'ส่งบันทึกการประชุม']) expect(text).not.toContain(packed(words))
  const code = page.url().split('/').at(-1) ?? ''

  const stranger = await newPage(browser)
  expect((await stranger.goto(paths.madeBrief(locale, code)))?.status()).toBe(404)
  await stranger.goto(visit)
  await expect(stranger).toHaveURL(/sign-in/)
  const reviewer = await newPage(browser)
  await openAs(reviewer, locale, people.reviewer, paths.office.account(locale))
  expect((await reviewer.goto(visit))?.status()).toBe(403)

  // Its code says that it is genuine, and after a change of the visit that it is not current; never whom it is about.
  const verified = paths.verifyCode(locale, codeOf(pdf))
  await stranger.goto(verified)
  await expect(stranger.locator('.tag')).toHaveText(t('verify:standing.current'))
  await page.goto(`${visit}/programme/new`)
  await page.locator('[name="what.th"]').fill('เยี่ยมชมห้องปฏิบัติการ')
  await page
    .locator('.actions')
    .getByRole('button', { name: t('office:save') })
    .click()
  await stranger.goto(verified)
  await expect(stranger.locator('.tag')).toHaveText(t('verify:standing.changed'))
  for (const words of ['คณะผู้แทนเชียงใหม่', 'เยี่ยมชมห้องปฏิบัติการ']) {
    await expect(stranger.locator('main')).not.toContainText(words)
  }
})

test('every page of selections and visits fits a telephone and is accessible in every language', async ({
  browser,
}) => {
  test.setTimeout(360_000)
  const page = await newPage(browser, { javaScriptEnabled: true, viewport: { width: 360, height: 780 } })
  await openAs(page, 'en', people.officer, paths.office.newVisit('en'))
  await field(page, 'title.en').fill('A sample visit of a delegation with a long name from Chiang Mai University')
  await field(page, 'startsOn').fill('2026-05-04')
  await page.locator('.actions').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status')).toContainText(translator('en')('visits:done.recorded'))
  const id = /visits\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  await page.goto(paths.office.visitPart('en', id, 'people', 'new'))
  await field(page, 'name.en').fill('Sample Person')
  await page.locator('.actions').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status')).toContainText(translator('en')('visits:done.saved'))
  await page.goto(paths.office.visitPart('en', id, 'programme', 'new'))
  await field(page, 'what.en').fill('A meeting')
  await page.locator('.actions').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status')).toContainText(translator('en')('visits:done.saved'))
  await page.goto(paths.office.visitPart('en', id, 'tasks', 'new'))
  await field(page, 'what').fill('Send the minutes of the meeting to the delegation')
  await field(page, 'dueOn').fill('2026-05-06')
  await field(page, 'officer').selectOption({ label: people.officer.email })
  await page.locator('.actions').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status')).toContainText(translator('en')('visits:done.saved'))
  await add(page, 'en', paths.partner('en', 'chiang-mai-university'))
  await page.getByRole('button', { name: translator('en')('selections:make') }).click()
  await download(page, 'en')
  const made = page.url().split('/').at(-1) ?? ''
  await page.goto(paths.selection('en'))
  const code = (await page.locator('.selection-link a').getAttribute('href'))?.split('/').at(-1) ?? ''
  for (const locale of locales) {
    const all = [
      paths.selection(locale),
      paths.sharedSelection(locale, code),
      paths.madeBrief(locale, made),
      paths.office.visits(locale),
      paths.office.visit(locale, id),
      paths.office.editVisit(locale, id),
      ...(['people', 'programme', 'tasks'] as const).map((part) => paths.office.visitPart(locale, id, part, 'new')),
      paths.office.selections(locale),
      paths.office.home(locale),
      paths.office.visitTasks(locale),
      `${paths.office.calendar(locale)}?what=task&show=overdue`,
    ]
    for (const path of all) {
      await page.goto(path)
      await expectSound(page, locale)
      await expectFits(page)
      await expectAccessible(page)
    }
    // The task is on the desk, in its list and in the calendar, with a link to where it is done.
    for (const path of all.slice(-3)) {
      await page.goto(path)
      const task = page.locator(`a[href^="${paths.office.visit(locale, id)}#task-"]`)
      await expect(task.first()).toHaveText('Send the minutes of the meeting to the delegation')
      if (process.env['SHOTS'] === undefined) continue
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 900 })
        const name = `${locale}-${width}-tasks-${path.split('/').at(-1)?.replace(/\W.*/, '')}`
        await page.screenshot({ path: `${process.env['SHOTS']}/${name}.png`, fullPage: true })
      }
      await page.setViewportSize({ width: 360, height: 780 })
    }
  }
})
