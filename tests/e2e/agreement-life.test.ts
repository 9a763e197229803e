import { expect, type Page, test } from '@playwright/test'
import { leadsTo, type AgreementState, transitionNames, transitionOf } from '#features/agreements/lifecycle.ts'
import { formatDate } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { people } from '#tests/support/people.ts'
import {
  expectSound,
  field,
  fillParts,
  forge,
  openOwn,
  recordAgreement,
  save,
  type Work,
  workOn,
} from './office-walk.ts'

// Everything here works without a script, so it is walked through without one.
test.use({ javaScriptEnabled: false })

const unique = () => `${test.info().workerIndex}-${Date.now()}`

async function versionOf({ page, overview }: Work): Promise<string> {
  await page.goto(`${overview}/edit`)
  return field(page, 'version').inputValue()
}

async function expectState({ page, t, overview }: Work, state: AgreementState): Promise<void> {
  await page.goto(overview)
  await expect(page.locator('.page-head .tags')).toContainText(t(`agreements:state.${state}`))
}

/**
 * Steps that the lifecycle does not have from this state, and those in `lacking`, for which something is missing, have
 * no button; sent all the same they are refused with the reason, and nothing has changed.
 */
async function expectNothingElse(work: Work, state: AgreementState, lacking: readonly string[] = []): Promise<void> {
  const { page, t, overview } = work
  await expectState(work, state)
  const version = await versionOf(work)
  await page.goto(overview)
  const events = await page.locator('.event').count()
  for (const name of transitionNames) {
    const { by } = transitionOf(name)
    if (by === 'step' && leadsTo(name, state) !== undefined && !lacking.includes(name)) continue
    await expect(page.locator(`button[value="move:${name}"]`), name).toHaveCount(0)
    const answer = await forge(page, overview, { do: `move:${name}`, note: '1', version })
    expect(answer.status(), name).toBe(409)
    expect(await answer.text(), name).toContain(t('errors:transition_not_allowed'))
  }
  await page.reload()
  await expect(page.locator('.event')).toHaveCount(events)
  await expectState(work, state)
  expect(await versionOf(work)).toBe(version)
  await page.goto(overview)
}

/** Follows what the page of an agreement says is missing for its next step. */
async function follow({ page, t, overview }: Work, missing: MessageKey): Promise<void> {
  await page.goto(overview)
  await page
    .locator('#steps')
    .getByRole('link', { name: t(missing) })
    .first()
    .click()
}

/** What was done, newest first, as the reader's language has it. */
async function expectHistory(page: Page, locale: Locale, actions: readonly MessageKey[]): Promise<void> {
  const t = translator(locale)
  const told = await page.locator('.event-head strong').allInnerTexts()
  expect(told.toReversed()).toEqual(actions.map((action) => t(action)))
}

test('in zh: the whole life of an agreement', async ({ browser }) => {
  // Some eighty pages, one after the other.
  test.setTimeout(180_000)
  const locale = 'zh'
  const t = translator(locale)
  const title = `示例合作协议 ${unique()}`
  const officer = await openOwn(browser, locale, people.officer, paths.office.home(locale))
  const id = await recordAgreement(officer, locale, {
    title,
    titleLocale: 'zh',
    kind: 'cooperation_agreement',
    parties: ['示例大学甲', '示例大学乙'],
    chosen: { officerId: { label: people.officer.email }, prevailing: 'zh', noticeUnit: 'months' },
    filled: {
      'titles.en': 'Sample cooperation agreement',
      noticeAmount: '6',
      leadDays: '60',
      amount: '1000000',
      currency: 'CNY',
    },
    dates: { effective: '2026-02-01', ends: '2029-01-31' },
    authentic: ['zh', 'en'],
  })
  const work = workOn(officer, locale, id)
  await expectSound(officer, locale)

  await test.step('a draft cannot jump ahead; its checklist opens the negotiation', async () => {
    await expectNothingElse(work, 'draft', ['negotiate'])
    await follow(work, 'agreements:missing.negotiation_checks')
    await expect(officer.getByRole('heading', { level: 1 })).toHaveText(t('checklists:title'))
    await work.answer('negotiation')
    await work.move('negotiate')
    await expectState(work, 'negotiation')
  })

  const reviewer = await openOwn(browser, locale, people.reviewer, paths.office.home(locale))
  const leader = await openOwn(browser, locale, people.administrator, paths.office.home(locale))
  const legal = workOn(reviewer, locale, id)
  const leadership = workOn(leader, locale, id)
  const inSequence = { legal: people.reviewer, leadership: people.administrator }
  const bothApprove = async () => {
    await work.sendToReview('sequence', inSequence)
    await expectState(work, 'review')
    await leadership.open('review')
    await expect(leader.getByRole('button', { name: t('reviews:decide.approve') })).toHaveCount(0)
    await expect(leader.locator('main')).toContainText(t('reviews:round.later'))
    await reviewer.goto(paths.office.home(locale))
    await reviewer.getByRole('link', { name: title }).first().click()
    await legal.approve('没有意见')
    await expectState(work, 'review')
    await leadership.approve('同意')
    await expect(leader.locator('main')).toContainText(t('reviews:standing.stands'))
    await expectState(work, 'approved')
  }

  await test.step('two reviewers in sequence; what they approved is void after a change of substance', async () => {
    await bothApprove()
    await officer.getByRole('link', { name: t('office:edit'), exact: true }).click()
    await expect(officer.locator('main')).toContainText(t('reviews:edit_warning'))
    await field(officer, 'amount').fill('1200000')
    await save(officer)
    await expect(officer.locator('main')).toContainText(t('reviews:voided'))
    await expectSound(officer, locale)
    await expectState(work, 'negotiation')
    await leadership.open('review')
    await expect(leader.locator('main')).toContainText(t('reviews:standing.none'))
    await expect(leader.locator('main')).toContainText(t('reviews:outcome.void'))
    await bothApprove()
  })

  await test.step('signed only with signatories, both copies and the second checklist', async () => {
    await expectNothingElse(work, 'approved', ['sign'])
    await follow(work, 'agreements:missing.signature_checks')
    await expect(officer.getByRole('heading', { level: 1 })).toHaveText(t('checklists:title'))
    await work.answer('signature')
    await follow(work, 'agreements:missing.signatories')
    await expect(officer.getByRole('heading', { level: 1 })).toHaveText(t('agreements:signatures.title'))
    await work.sign(['示例校长甲', '示例校长乙'], '2026-01-20')
    await follow(work, 'agreements:missing.signed_copies')
    await expect(officer.getByRole('heading', { level: 1 })).toHaveText(t('documents:title'))
    await work.upload('signed_copy', '合作协议（中文本）', 'zh')
    await expect(officer.locator('main')).toContainText(t('documents:unsigned.title'))
    await work.upload('signed_copy', 'Cooperation agreement (English)', 'en')
    await expect(officer.locator('main')).not.toContainText(t('documents:unsigned.title'))
    await expectSound(officer, locale)
    await officer.goto(work.overview)
    await expect(officer.locator('.facts').first()).toContainText(formatDate('2026-01-20', locale))
    await work.move('sign')
    await expectState(work, 'signed')
    await work.move('take_effect')
    await expectState(work, 'in_force')
    await expectNothingElse(work, 'in_force')
  })

  await test.step('a milestone is met, and a document shows it', async () => {
    await work.upload('evidence', '第一次联合研讨会纪要', 'zh')
    await officer.goto(paths.office.milestones(locale, id))
    await officer
      .getByRole('link', { name: t('milestones:add') })
      .first()
      .click()
    await field(officer, 'title').fill('举办第一次联合研讨会')
    await field(officer, 'kind').selectOption('milestone')
    await field(officer, 'party').selectOption('0')
    await field(officer, 'firstDue').fill('2026-09-30')
    await save(officer)
    await expect(officer.getByRole('status')).toContainText(t('milestones:done.added'))
    await officer.getByRole('link', { name: t('milestones:settle') }).click()
    await expectSound(officer, locale)
    await field(officer, 'state').selectOption('met')
    await field(officer, 'metOn').fill('2026-09-28')
    await field(officer, 'documentId').selectOption({ label: '第一次联合研讨会纪要' })
    await save(officer)
    await expect(officer.getByRole('status')).toContainText(t('milestones:done.settled'))
    const state = officer.locator('.due-state')
    await expect(state).toContainText(t('milestones:state.met'))
    await expect(state).toContainText(t('milestones:shown_by', { title: '第一次联合研讨会纪要' }))
    await expect(state).toContainText(people.officer.email)
    await expectSound(officer, locale)
  })

  await test.step('an amendment moves the end; an earlier day still shows the earlier one', async () => {
    await officer.goto(paths.office.amendments(locale, id))
    await officer
      .getByRole('link', { name: t('amendments:add') })
      .first()
      .click()
    await field(officer, 'kind').selectOption('term')
    await field(officer, 'on').fill('2026-06-01')
    await officer.getByRole('button', { name: t('amendments:next') }).click()
    await expectSound(officer, locale)
    await field(officer, 'amendment.summary').fill('期限延长两年')
    await field(officer, 'amendment.signedOn').fill('2026-05-20')
    await fillParts(officer, 'ends', '2031-01-31')
    await officer.locator('[name="amendment.languages"][value="zh"]').check()
    await save(officer)
    await expect(officer.getByRole('status')).toContainText(t('amendments:done.recorded'))
    await expect(officer.locator('#amendment-1')).toContainText(formatDate('2031-01-31', locale))
    await expectSound(officer, locale)
    await officer.goto(work.overview)
    await expect(officer.locator('#term')).toContainText(formatDate('2031-01-31', locale))
    await expect(officer.locator('#term')).toContainText(formatDate('2030-07-31', locale))
    for (const [on, ends] of [
      ['2026-03-01', '2029-01-31'],
      ['2026-07-01', '2031-01-31'],
    ] as const) {
      await officer.goto(withQuery(paths.office.asOf(locale, id), { on }))
      await expect(officer.locator('.facts').first()).toContainText(formatDate(ends, locale))
      await expectSound(officer, locale)
    }
  })

  await test.step('suspended, resumed and terminated, each with its reason; then nothing moves', async () => {
    await work.move('suspend', '示例：一方暂时不能履行')
    await expectState(work, 'suspended')
    await work.move('resume', '示例：障碍已经消除')
    await expectState(work, 'in_force')
    await work.move('terminate', '示例：双方同意终止')
    await expectNothingElse(work, 'terminated')
    await expect(officer.locator('#steps')).toContainText(t('office:agreement.final'))
  })

  await test.step('the history tells all of it, in each reader’s language', async () => {
    const round = ['send_to_review', 'review_approved', 'review_approved', 'approve'] as const
    const deeds = [
      ...(['record', 'check', 'negotiate', ...round, 'edit', 'void_approval', ...round, 'check'] as const),
      ...(['signatures'] as const),
    ]
    const whole: readonly MessageKey[] = [
      ...deeds.map((deed): MessageKey => `agreements:did.${deed}`),
      ...(['documents:did.add', 'documents:did.add'] as const),
      ...(['agreements:did.sign', 'agreements:did.take_effect', 'documents:did.add'] as const),
      ...(['milestones:did.add', 'milestones:did.settle', 'amendments:did.record', 'amendments:did.amend'] as const),
      ...(['agreements:did.suspend', 'agreements:did.resume', 'agreements:did.terminate'] as const),
    ]
    await expectHistory(officer, locale, whole)
    const history = officer.locator('#history')
    for (const words of [
      ...['没有意见', '期限延长两年', '举办第一次联合研讨会', '示例校长乙', '示例：双方同意终止'],
      ...[people.reviewer.email, people.administrator.email, t('milestones:state.met')],
    ]) {
      await expect(history, words).toContainText(words)
    }
    const reader = await openOwn(browser, 'my', people.reader, paths.office.agreement('my', id))
    await expectSound(reader, 'my')
    await expectHistory(reader, 'my', whole)
    await expect(reader.locator('#history')).toContainText(translator('my')('agreements:state.terminated'))
    await expect(reader.locator('#history')).not.toContainText(t('agreements:state.terminated'))
    await reader.context().close()
  })
  for (const page of [officer, reviewer, leader]) await page.context().close()
})

test('in my: from a draft to the end, the short way', async ({ browser }) => {
  test.setTimeout(120_000)
  const locale = 'my'
  const t = translator(locale)
  const officer = await openOwn(browser, locale, people.officer, paths.office.home(locale))
  const id = await recordAgreement(officer, locale, {
    title: `နမူနာ နားလည်မှုစာချွန်လွှာ ${unique()}`,
    titleLocale: 'my',
    parties: ['နမူနာတက္ကသိုလ် က', 'နမူနာတက္ကသိုလ် ခ'],
    dates: { effective: '2026-02-01', ends: '2029-01-31' },
    authentic: ['my', 'zh'],
  })
  const work = workOn(officer, locale, id)
  await work.answer('negotiation')
  await work.move('negotiate')
  await work.sendToReview('parallel', { legal: people.reviewer, leadership: people.administrator })
  for (const person of [people.administrator, people.reviewer]) {
    const page = await openOwn(browser, locale, person, paths.office.agreementPart(locale, id, 'review'))
    await expectSound(page, locale)
    await workOn(page, locale, id).approve('သဘောတူပါသည်။')
    await page.context().close()
  }
  await expectState(work, 'approved')
  await work.answer('signature')
  await work.sign(['နမူနာပုဂ္ဂိုလ် က', 'နမူနာပုဂ္ဂိုလ် ခ'], '2026-01-20')
  await work.upload('signed_copy', 'နားလည်မှုစာချွန်လွှာ', 'my')
  await work.upload('signed_copy', '谅解备忘录', 'zh')
  await work.move('sign')
  await work.move('take_effect')
  await expectSound(officer, locale)
  await work.move('complete')
  await expectNothingElse(work, 'completed')
  const deeds = [
    ...(['record', 'check', 'negotiate', 'send_to_review', 'review_approved', 'review_approved', 'approve'] as const),
    ...(['check', 'signatures'] as const),
  ]
  await expectHistory(officer, locale, [
    ...deeds.map((deed): MessageKey => `agreements:did.${deed}`),
    ...(['documents:did.add', 'documents:did.add', 'agreements:did.sign'] as const),
    ...(['agreements:did.take_effect', 'agreements:did.complete'] as const),
  ])
  await expect(officer.locator('#steps')).toContainText(t('office:agreement.final'))
  await officer.context().close()
})
