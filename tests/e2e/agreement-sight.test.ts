import { type Browser, expect, type Page, test } from '@playwright/test'
import { translator } from '#platform/i18n/translate.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import { expectSound, field, forge, openOwn, type Person, recordAgreement, save, workOn } from './office-walk.ts'

// Everything here works without a script, so it is walked through without one.
test.use({ javaScriptEnabled: false })

const locale = 'en'
const t = translator(locale)
const home = paths.office.home(locale)
const parties = ['Sample University A', 'Sample University B']
/** A word that stands in one agreement only. */
const rareWord = () => `sight${test.info().workerIndex}x${Date.now()}`

/** Every address about an agreement, and every paper of it. */
const addressesOf = (id: string, paper: string) => [
  paths.office.agreement(locale, id),
  paths.office.milestones(locale, id),
  paths.office.amendments(locale, id),
  paths.office.asOf(locale, id),
  paths.office.documents(locale, id),
  paths.office.notes(locale, id),
  ...(['review', 'checklist', 'signatures', 'people', 'papers', 'languages', 'links'] as const).map((part) =>
    paths.office.agreementPart(locale, id, part),
  ),
  paper.replace(/\/\d+$/, ''),
  paper,
]

/** Every address at which something about an agreement is changed: closed to whoever changes nothing anyway. */
const changesOf = (id: string, dueDay: string) => [
  paths.office.editAgreement(locale, id),
  paths.office.newMilestone(locale, id),
  paths.office.newAmendment(locale, id),
  dueDay.replace(/\/[^/]+$/, ''),
  dueDay,
]

async function statusesOf(page: Page, addresses: readonly string[]): Promise<number[]> {
  const statuses: number[] = []
  for (const address of addresses) statuses.push((await page.request.get(address, { maxRedirects: 0 })).status())
  return statuses
}

const every = (addresses: readonly string[], status: number) => addresses.map(() => status)

/** How many agreements the register finds by these words, and counts. */
async function expectFound(page: Page, words: string, count: 0 | 1): Promise<void> {
  await page.goto(withQuery(paths.office.agreements(locale), { q: words }))
  await expect(page.locator('.register-table tbody tr')).toHaveCount(count)
  await expect(page.locator('.results-count')).toHaveText(t('office:agreements.count', { count, n: String(count) }))
  await expectSound(page, locale)
}

async function expectOnDesk(page: Page, title: string, isThere: boolean): Promise<void> {
  await page.goto(home)
  await expect(page.getByRole('link', { name: title })).toHaveCount(isThere ? 1 : 0)
}

async function uploadAnnex(officer: Page, id: string): Promise<string> {
  await workOn(officer, locale, id).upload('annex', 'Annex one', 'en')
  return (await officer.locator('.paper-file a').getAttribute('href')) ?? ''
}

/** Something that is due; returns the address of its due day. */
async function addMilestone(officer: Page, id: string): Promise<string> {
  await officer.goto(paths.office.newMilestone(locale, id))
  await field(officer, 'title').fill('Sample report')
  await field(officer, 'kind').selectOption('milestone')
  await field(officer, 'firstDue').fill('2030-05-06')
  await save(officer)
  await officer.getByRole('link', { name: 'Sample report' }).first().click()
  return `${new URL(officer.url()).pathname}/2030-05-06`
}

async function inNegotiation(officer: Page, title: string, visibility: string) {
  const id = await recordAgreement(officer, locale, {
    title,
    parties,
    chosen: { visibility, noticeUnit: 'months' },
    filled: { noticeAmount: '3', leadDays: '20' },
  })
  // Also where nothing is known of the end.
  await expect(officer.locator('#term')).toContainText(`${t('amendments:field.notice')}: 3 months`)
  await expect(officer.locator('#term')).toContainText(`${t('agreements:field.leadDays')}: 20 days`)
  const work = workOn(officer, locale, id)
  await work.answer('negotiation')
  await work.move('negotiate')
  const addresses = addressesOf(id, await uploadAnnex(officer, id))
  return { id, work, addresses, changes: changesOf(id, await addMilestone(officer, id)) }
}

const openHome = (browser: Browser, person: Person) => openOwn(browser, locale, person, home)

test('who sees what of an agreement that is not confidential', async ({ browser, page }) => {
  test.setTimeout(120_000)
  const word = rareWord()
  const title = `Seen by role ${word}`
  const officer = await openHome(browser, people.officer)
  const { id, work, addresses, changes } = await inNegotiation(officer, title, 'internal')
  const version = '2'
  const withdraw = { do: 'move:withdraw', note: 'Forged', version }
  const [administrator, reviewer, reader] = [
    await openHome(browser, people.administrator),
    await openHome(browser, people.reviewer),
    await openHome(browser, people.reader),
  ]

  await test.step('administrators see and change everything', async () => {
    await expectFound(administrator, word, 1)
    expect(await statusesOf(administrator, addresses)).toEqual(every(addresses, 200))
    await administrator.goto(work.overview)
    await expect(administrator.getByRole('link', { name: t('office:edit'), exact: true })).toBeVisible()
    await expect(administrator.locator('button[value="move:withdraw"]')).toHaveCount(1)
  })

  await test.step('readers see everything and change nothing', async () => {
    await expectFound(reader, word, 1)
    expect(await statusesOf(reader, addresses)).toEqual(every(addresses, 200))
    for (const address of addresses.slice(0, -1)) {
      await reader.goto(address)
      await expectSound(reader, locale)
      const offered = reader.locator('main form[method="post"]:not([action$="/sign-out"]) button:visible')
      await expect(offered, address).toHaveCount(0)
      await expect(reader.locator('main').getByRole('link', { name: t('office:edit'), exact: true })).toHaveCount(0)
    }
    const closed = [paths.office.newAgreement(locale), ...changes]
    expect(await statusesOf(reader, closed)).toEqual(every(closed, 403))
    expect((await forge(reader, work.overview, withdraw)).status()).toBe(403)
  })

  await test.step('reviewers see what is assigned to them, and only that', async () => {
    await expectFound(reviewer, word, 0)
    expect(await statusesOf(reviewer, addresses)).toEqual(every(addresses, 404))
    expect((await forge(reviewer, work.overview, withdraw)).status()).toBe(404)
    await expectOnDesk(reviewer, title, false)
    await work.sendToReview('parallel', { legal: people.reviewer })
    await expectOnDesk(reviewer, title, true)
    await expectFound(reviewer, word, 1)
    expect(await statusesOf(reviewer, addresses)).toEqual(every(addresses, 200))
    await reviewer.goto(work.overview)
    await expect(reviewer.getByRole('link', { name: t('office:edit'), exact: true })).toHaveCount(0)
    await expect(reviewer.locator('button[value^="move:"]')).toHaveCount(0)
    await reviewer
      .getByRole('link', { name: t('office:agreement.in_review') })
      .first()
      .click()
    await workOn(reviewer, locale, id).approve('Nothing against it')
    await expectOnDesk(reviewer, title, false)
  })

  await test.step('officers change their own, and only read another’s', async () => {
    const other = await recordAgreement(administrator, locale, { title: `Another’s ${rareWord()}`, parties })
    await officer.goto(paths.office.agreement(locale, other))
    await expect(officer.getByRole('link', { name: t('office:edit'), exact: true })).toHaveCount(0)
    await expect(officer.locator('button[value^="move:"]')).toHaveCount(0)
    await expect(officer.locator('#steps')).toContainText(t('office:agreement.not_yours'))
    const answer = await forge(officer, paths.office.agreement(locale, other), { ...withdraw, version: '1' })
    expect(answer.status()).toBe(403)
  })

  await test.step('whoever is signed out is asked to sign in, and the public register knows nothing of it', async () => {
    expect(await statusesOf(page, addresses)).toEqual(every(addresses, 303))
    await page.goto(work.overview)
    await expect(page.locator('body')).not.toContainText(word)
    expect(await (await page.request.get(paths.agreements(locale))).text()).not.toContain(word)
  })
  await expect(officer.locator('body')).not.toContainText('Forged')
  for (const one of [officer, administrator, reviewer, reader]) await one.context().close()
})

test('a confidential agreement is there for the people named, and for nobody else', async ({ browser, page }) => {
  test.setTimeout(120_000)
  const word = rareWord()
  const title = `Confidential ${word}`
  const officer = await openHome(browser, people.officer)
  const { id, work, addresses, changes } = await inNegotiation(officer, title, 'confidential')
  const others = {
    administrator: await openHome(browser, people.administrator),
    reviewer: await openHome(browser, people.reviewer),
    reader: await openHome(browser, people.reader),
  }
  const withdraw = { do: 'move:withdraw', note: 'Forged', version: '2' }

  await test.step('the officer finds it; it says that it is confidential', async () => {
    await expectFound(officer, word, 1)
    await expect(officer.locator('.register-table')).toContainText(t('register:confidential'))
    await expectOnDesk(officer, title, true)
    expect(await statusesOf(officer, [...addresses, ...changes])).toEqual(every([...addresses, ...changes], 200))
  })

  await test.step('nobody else does: list, count, words, desk, pages, papers, forged steps', async () => {
    for (const one of Object.values(others)) {
      await expectFound(one, word, 0)
      await expectOnDesk(one, title, false)
      expect(await statusesOf(one, addresses)).toEqual(every(addresses, 404))
      expect(await (await one.request.get(work.overview)).text()).not.toContain(word)
    }
    expect(await statusesOf(others.administrator, changes)).toEqual(every(changes, 404))
    expect(await statusesOf(others.reader, changes)).toEqual(every(changes, 403))
    expect((await forge(others.administrator, work.overview, withdraw)).status()).toBe(404)
    expect(await statusesOf(page, [...addresses, ...changes])).toEqual(every([...addresses, ...changes], 303))
  })

  await test.step('who is named sees it, and the history says who was named', async () => {
    await officer.goto(work.overview)
    await officer.getByRole('link', { name: t('register:people.title') }).click()
    await expectSound(officer, locale)
    await officer.getByLabel(people.reader.email, { exact: true }).check()
    await officer.locator('.office-form').getByRole('button').click()
    await expect(officer.getByRole('status')).toContainText(t('register:people.done'))
    await expectFound(others.reader, word, 1)
    expect(await statusesOf(others.reader, addresses)).toEqual(every(addresses, 200))
    await expectFound(others.administrator, word, 0)
    expect(await statusesOf(others.administrator, addresses)).toEqual(every(addresses, 404))
    await officer.goto(work.overview)
    await expect(officer.locator('.event').first()).toContainText(t('agreements:did.name_readers'))
    await expect(officer.locator('.event').first()).toContainText(people.reader.email)
    await expectSound(officer, locale)
  })

  await test.step('a reviewer named for it sees it; opened to the house, everybody does', async () => {
    await work.sendToReview('parallel', { confidentiality: people.reviewer })
    await expectOnDesk(others.reviewer, title, true)
    expect(await statusesOf(others.reviewer, addresses)).toEqual(every(addresses, 200))
    await officer.goto(paths.office.editAgreement(locale, id))
    await field(officer, 'visibility').selectOption('internal')
    await save(officer)
    await expectFound(others.administrator, word, 1)
  })
  for (const one of [officer, ...Object.values(others)]) await one.context().close()
})
