import { desc, eq } from 'drizzle-orm'
import { read } from '@e965/xlsx'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  agreementMilestones,
  agreementReaders,
  agreements,
  agreementTransitions,
  auditChanges,
  auditEvents,
  milestoneOccurrences,
} from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { listForOffice } from '#features/agreements/office-list.ts'
import { readCalendarFilters } from '#features/calendar/model.ts'
import { readAgenda } from '#features/calendar/queries.ts'
import { loadHub } from '#features/hub/queries.ts'
import { editFigure } from '#features/reports/commands.ts'
import { figureKey, listOf } from '#features/reports/model.ts'
import { parsePeriod, yearBefore } from '#features/reports/period.ts'
import { readReport, type Report, valueOf } from '#features/reports/queries.ts'
import { reportBytes } from '#features/reports/workbook.ts'
import { fillWithSample } from '#features/sample/commands.ts'
import { locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { withQuery } from '#platform/paths.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { readFileSync } from 'node:fs'

const db = useDatabase()
const today = Temporal.PlainDate.from('2026-03-02')
const timeZone = 'Asia/Shanghai'
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})

const record = (changes: Parameters<typeof sampleWords>[0], state = 'in_force') =>
  recordAgreement(context, officer, {
    holdsNoSecrets: true,
    token: newId(),
    words: sampleWords({ reference: null, ...changes }),
    state,
  })
const report = (text: string, actor: Actor = officer) =>
  readReport(db.database, { actor, period: parsePeriod(text)!, today, timeZone })
const figures = ({ lines }: Report, which: 'now' | 'before' = 'now') =>
  Object.fromEntries(lines.map((line) => [figureKey(line.figure), valueOf(line[which])]))
const signed = (text: string, more: Parameters<typeof sampleWords>[0] = {}) => ({
  signed: text as PartialDate,
  ...more,
})

/** Counts and sums, each against the list that it opens. */
async function expectFiguresToBeLists(one: Report, actor: Actor): Promise<void> {
  for (const which of ['now', 'before'] as const) {
    const period = which === 'now' ? one.period : yearBefore(one.period)
    for (const line of one.lines) {
      const { of, query } = listOf(line.figure, period)
      const search = new URLSearchParams(withQuery('', query).slice(1))
      if (line.figure.name === 'partners' || line.figure.name === 'countries' || 'currency' in line.figure) continue
      const { total } =
        of === 'calendar'
          ? await readAgenda(db.database, { actor, filters: readCalendarFilters(search, today), locale: 'en', today })
          : await listForOffice(db.database, actor, readOfficeFilters(search), 'en', today, timeZone)
      expect(line[which].counted, `${figureKey(line.figure)} ${which}`).toBe(String(total))
    }
  }
}

test('every figure is that of the list which it opens, for every kind of period', async () => {
  await fillWithSample(context, { kind: 'command_line' }, { agreements: 240, seed: 11 })
  for (const period of ['2026', '2025', '2025-H2', '2025-Q4', '2026-02']) {
    await expectFiguresToBeLists(await report(period), officer)
  }
  const year = figures(await report('2025'))
  expect(Number(year['signed'])).toBeGreaterThan(5)
  expect(Number(year['milestones_met'])).toBeGreaterThan(0)
  expect(Number(year['ended'])).toBeGreaterThan(0)
})

test('a report says what was signed, by kind, by country, and what it is worth in each currency', async () => {
  const technology = { kind: 'technology_licence', technologyAmount: '0.1' } as const
  await record(signed('2026-01-15', { ...technology, value: { amount: '0.2', currency: 'CNY' } }))
  await record(signed('2026-01-31', { ...technology, value: { amount: '0.1', currency: 'CNY' } }))
  await record(signed('2026-02-01', { ...technology, value: { amount: '9', currency: 'USD' }, technologyAmount: null }))
  await record(signed('2026-01', { value: { amount: '5', currency: 'CNY' } }))
  await record(signed('2025-01-02'))
  const january = await report('2026-01')
  expect(figures(january)).toMatchObject({
    signed: '3',
    kind_technology_licence: '2',
    kind_cooperation_agreement: '1',
    technology_contracts: '2',
    contract_value_CNY: '0.3',
    technology_value_CNY: '0.2',
    countries: '2',
    partners: '0',
  })
  expect(figures(january)).not.toHaveProperty('contract_value_USD')
  expect(figures(january, 'before')).toMatchObject({ signed: '1', technology_contracts: '0', contract_value_CNY: '0' })
  expect(figures(await report('2026-Q1'))).toMatchObject({
    signed: '4',
    contract_value_USD: '9',
    technology_value_USD: '0',
  })
})

test('what came into force, ended and was due counts in its own period', async () => {
  const id = await record({ effective: '2026-02-01' as PartialDate, ends: '2030' as PartialDate })
  await record({ effective: '2020-01-01' as PartialDate, ends: '2026-01-31' as PartialDate }, 'expired')
  const milestone = newId()
  await db.database.insert(agreementMilestones).values({
    id: milestone,
    agreementId: id,
    kind: 'milestone',
    title: 'A report',
    firstDue: '2026-02-01',
    createdAt: context.clock.now().toString(),
  })
  const days = {
    '2026-02-01': 'met',
    '2026-02-10': 'scheduled',
    '2026-02-20': 'not_met',
    '2026-03-31': 'scheduled',
  } as const
  await db.database
    .insert(milestoneOccurrences)
    .values(Object.entries(days).map(([due, state]) => ({ milestoneId: milestone, agreementId: id, due, state })))
  expect(figures(await report('2026-02'))).toMatchObject({
    begun: '1',
    ended: '0',
    milestones_due: '3',
    milestones_met: '1',
    milestones_overdue: '1',
  })
  expect(figures(await report('2026-01'))).toMatchObject({ begun: '0', ended: '1', milestones_due: '0' })
  expect(figures(await report('2026-Q1'))).toMatchObject({ milestones_due: '4', milestones_overdue: '1' })
})

test('an agreement ends with its term, after its renewals, or by a step, in one period and no other', async () => {
  const term = { effective: '2020-02-01' as PartialDate, ends: '2021-01-31' as PartialDate }
  const renewed = { renewal: 'automatic', renewalMonths: 12 } as const
  await record(term, 'expired')
  await record({ ...term, ...renewed, renewalLimit: 2 }, 'expired')
  await record({ ...term, ends: '2021-01' as PartialDate }, 'completed')
  await record({ ...term, ends: '2021' as PartialDate }, 'superseded')
  const stepped = await record({ ...term, ends: '2030-01-31' as PartialDate })
  const unlimited = await record({ ...term, ...renewed })
  for (const [id, state, at] of [
    [stepped, 'terminated', '2021-02-28T15:59:59Z'],
    [unlimited, 'expired', '2021-02-28T16:00:00Z'],
  ] as const) {
    await db.database.update(agreements).set({ state }).where(eq(agreements.id, id))
    const step = { transition: state === 'expired' ? 'expire' : 'terminate', fromState: 'in_force', toState: state }
    await db.database.insert(agreementTransitions).values({ id: newId(), agreementId: id, ...step, at })
  }
  const ended = async (period: string) => figures(await report(period))['ended']
  expect(await Promise.all(['2021-01', '2021-02', '2021-03', '2021', '2022', '2023-01', '2023-02'].map(ended))).toEqual(
    ['2', '1', '1', '5', '0', '1', '0'],
  )
  await expectFiguresToBeLists(await report('2021'), officer)
})

test('a confidential agreement is in no report, not even for those named to see it', async () => {
  const id = await record(signed('2026-01-15', { visibility: 'confidential' }))
  await record(signed('2026-01-15'))
  const named = await sampleUser(context, 'named@example.org', 'reader')
  await db.database.insert(agreementReaders).values({ agreementId: id, userId: named.id })
  for (const actor of [officer, named]) {
    const one = await report('2026', actor)
    expect(figures(one)['signed']).toBe('1')
    await expectFiguresToBeLists(one, actor)
  }
})

describe('a figure that is changed by hand', () => {
  const edit = (changes: Partial<Parameters<typeof editFigure>[2]> = {}, actor: Actor = officer) =>
    editFigure(context, actor, {
      token: newId(),
      period: '2026-Q1',
      figure: 'signed',
      value: '13',
      reason: 'One is not recorded yet',
      version: 0,
      ...changes,
    })
  const line = async (period = '2026-Q1') => (await report(period)).lines.find(({ figure }) => figure.name === 'signed')

  test('stands in the place of what was counted, says who and why, and is kept in the audit trail', async () => {
    await record(signed('2026-01-15'))
    await edit()
    const { now } = (await line())!
    expect(now).toMatchObject({
      counted: '1',
      version: 1,
      edit: { value: '13', reason: 'One is not recorded yet', by: 'officer' },
    })
    expect((await line('2026-01'))?.now.edit).toBeUndefined()
    expect((await line('2027-Q1'))?.before.edit?.value).toBe('13')
    const [event] = await db.database
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, 'report.edit'))
      .orderBy(desc(auditEvents.id))
    const changes = await db.database
      .select()
      .from(auditChanges)
      .where(eq(auditChanges.eventId, event?.id ?? ''))
    expect(changes.find(({ field }) => field === '2026-Q1.signed')).toMatchObject({ before: null, after: '13' })
  })

  test('is counted again when the edit is taken back, with a reason as well', async () => {
    await edit()
    await edit({ value: '', reason: 'It is recorded now', version: 1 })
    expect((await line())?.now).toMatchObject({ counted: '0', edit: undefined, version: 2 })
  })

  test('is refused without a reason, without a number, or over what somebody else has saved since', async () => {
    await expect(edit({ reason: '  ' })).rejects.toMatchObject({ problems: [{ path: 'reason', code: 'required' }] })
    await expect(edit({ value: 'many' })).rejects.toMatchObject({ problems: [{ path: 'value', code: 'amount' }] })
    await expect(edit({ figure: 'happiness' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(edit({ period: '2026-Q5' })).rejects.toMatchObject({ code: 'not_found' })
    await edit()
    await expect(edit({ value: '14' })).rejects.toMatchObject({ code: 'stale_version' })
    await expect(edit({ value: '14', version: 7 })).rejects.toMatchObject({ code: 'stale_version' })
    expect((await line())?.now.edit?.value).toBe('13')
  })

  test('two at the same time: one is saved, the other is told', async () => {
    const both = await Promise.allSettled([edit({ value: '21' }), edit({ value: '22' })])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('the same form sent twice changes it once', async () => {
    const token = newId()
    await edit({ token })
    await edit({ token })
    expect((await line())?.now.version).toBe(1)
  })

  test('is for officers and administrators alone', async () => {
    for (const role of ['reader', 'reviewer', 'translator'] as const) {
      const other = await sampleUser(context, `${role}@example.org`, role)
      await expect(edit({}, other)).rejects.toMatchObject({ code: 'forbidden' })
    }
  })
})

test.each(locales)('in %s the workbook says in words and numbers what the page says', async (locale) => {
  await record(signed('2026-01-15', { kind: 'technology_licence', value: { amount: '1200000.5', currency: 'CNY' } }))
  await editFigure(context, officer, {
    token: newId(),
    period: '2026',
    figure: 'partners',
    value: '4',
    reason: 'By name',
    version: 0,
  })
  const template = readFileSync(new URL('../../../src/features/reports/sample-template.xlsx', import.meta.url))
  const t = translator(locale)
  const wording = { hub: await loadHub(db.database), t, locale, today }
  const book = read(reportBytes(await report('2026'), template, wording), { type: 'array' })
  const at = (name: string) => {
    const reference = book.Workbook?.Names?.find((one) => one.Name === name)?.Ref.replaceAll('$', '') ?? ''
    return (book.Sheets['Report']?.[reference.split('!')[1] ?? ''] as { v?: unknown } | undefined)?.v
  }
  expect(at('title')).toBe(t('reports:sheet_title'))
  expect(at('label_signed')).toBe(t('reports:name.signed'))
  expect(at('label_kind_technology_licence')).toBe(t('agreements:kind.technology_licence'))
  expect([at('signed'), at('signed_before'), at('partners'), at('contract_value_CNY')]).toEqual([1, 0, 4, 1200000.5])
  expect(await db.database.select().from(agreements)).toHaveLength(1)
})
