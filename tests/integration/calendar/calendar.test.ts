import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { agreementMilestones, agreements, milestoneOccurrences } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { deadlines, type Term } from '#features/agreements/term.ts'
import { termColumns } from '#features/agreements/term-columns.ts'
import { readCalendarFilters } from '#features/calendar/model.ts'
import { countDue, readAgenda, readMonth } from '#features/calendar/queries.ts'
import { readDashboard } from '#features/overview/queries.ts'
import { fillWithSample } from '#features/sample/commands.ts'
import { usualWeekend, workingDaysOf } from '#features/workdays/model.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
const today = Temporal.PlainDate.from('2026-03-02')
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
    words: sampleWords({ reference: null, effective: null, ends: null, ...changes }),
    state,
  })
const asked = (query: string, actor: Actor = officer, on = today) => ({
  actor,
  filters: readCalendarFilters(new URLSearchParams(query), on),
  locale: 'en' as const,
  today: on,
})
const agenda = async (query: string, actor: Actor = officer, on = today) =>
  readAgenda(db.database, asked(query, actor, on))
const lines = async (query: string, actor: Actor = officer) =>
  (await agenda(query, actor)).items.map(({ day, kind, state, overdue }) =>
    [day.toString(), kind, ...(state === 'scheduled' ? [] : [state]), ...(overdue ? ['overdue'] : [])].join(' '),
  )

async function owe(agreementId: string, kind: string, days: Readonly<Record<string, 'scheduled' | 'met'>>) {
  const id = newId()
  await db.database.insert(agreementMilestones).values({
    id,
    agreementId,
    kind,
    title: `A ${kind}`,
    firstDue: Object.keys(days)[0] ?? '',
    createdAt: context.clock.now().toString(),
    ...(kind === 'payment' ? { amount: '0.10', currency: 'CNY' } : {}),
  })
  await db.database
    .insert(milestoneOccurrences)
    .values(Object.entries(days).map(([due, state]) => ({ milestoneId: id, agreementId, due, state })))
  return id
}

test('everything due stands in one agenda: ends, notices, leads, milestones, payments and filings', async () => {
  const id = await record({
    ends: '2026-08-31' as PartialDate,
    notice: { amount: 3, unit: 'months' },
    leadDays: 30,
  })
  await db.database.update(agreements).set({ filingDue: '2026-02-01' }).where(eq(agreements.id, id))
  await owe(id, 'payment', { '2026-01-31': 'met', '2026-02-28': 'scheduled', '2026-03-02': 'scheduled' })
  await owe(id, 'milestone', { '2026-05-31': 'scheduled' })
  const all = [
    '2026-01-31 payment met',
    '2026-02-01 filing overdue',
    '2026-02-28 payment overdue',
    '2026-03-02 payment',
    '2026-05-01 lead',
    '2026-05-31 milestone',
    '2026-05-31 notice',
    '2026-08-31 end',
  ]
  expect(await lines('days=2026-01-01/2026-12-31')).toEqual(all)
  expect(await lines('days=2026-01-01/2026-12-31&show=overdue')).toEqual(all.filter((line) => line.endsWith('overdue')))
  expect(await lines('show=overdue')).toEqual(all.filter((line) => line.endsWith('overdue')))
  expect(await lines('days=2026-01-01/2026-12-31&show=met')).toEqual([all[0]])
  expect(await lines('days=2026-01-01/2026-12-31&what=end&what=payment')).toEqual(
    all.filter((line) => / (?:end|payment)/.test(line)),
  )
  expect((await agenda('days=2026-01-31/2026-01-31')).items[0]?.milestone?.money).toEqual({
    amount: '0.1',
    currency: 'CNY',
  })
})

test('the month has what the agenda has, day by day', async () => {
  const id = await record({ ends: '2026-03-31' as PartialDate })
  for (let n = 0; n < 5; n += 1) await owe(id, 'obligation', { '2026-03-10': 'scheduled' })
  const weeks = await readMonth(db.database, asked('month=2026-03'))
  const days = weeks.flat().filter(({ total }) => total > 0)
  expect(days.map(({ day, total, items }) => [day.toString(), total, items.length])).toEqual([
    ['2026-03-10', 5, 3],
    ['2026-03-31', 1, 1],
  ])
})

test('a draft owes nothing, an archived milestone neither, and an agreement that ended only what was still to be met', async () => {
  const draft = await record({ ends: '2026-03-31' as PartialDate }, 'draft')
  await owe(draft, 'milestone', { '2026-03-10': 'scheduled' })
  const archived = await owe(await record({}), 'milestone', { '2026-03-11': 'scheduled' })
  await db.database
    .update(agreementMilestones)
    .set({ archivedAt: context.clock.now().toString() })
    .where(eq(agreementMilestones.id, archived))
  await owe(await record({ ends: '2026-03-31' as PartialDate }, 'terminated'), 'milestone', {
    '2026-03-12': 'scheduled',
  })
  expect(await lines('month=2026-03&view=agenda')).toEqual(['2026-03-12 milestone'])
})

test('confidential agreements are there for those named alone, in lists, months and counts alike', async () => {
  const id = await record({ visibility: 'confidential', ends: '2026-03-31' as PartialDate })
  await owe(id, 'payment', { '2026-03-20': 'scheduled' })
  const reader = await sampleUser(context, 'reader@example.org', 'reader')
  const translator = await sampleUser(context, 'translator@example.org', 'translator')
  expect(await lines('view=agenda')).toHaveLength(2)
  for (const other of [reader, translator, { kind: 'visitor' } as const]) {
    expect(await agenda('view=agenda', other)).toMatchObject({ items: [], total: 0 })
    const weeks = await readMonth(db.database, asked('month=2026-03', other))
    expect(weeks.flat().every(({ total }) => total === 0)).toBe(true)
  }
})

test('one officer’s own, and page after page', async () => {
  const mine = await record({ officerId: officer.id, ends: '2026-03-31' as PartialDate })
  const other = await sampleUser(context, 'other@example.org', 'agreement_officer')
  await record({ officerId: other.id, ends: '2026-03-30' as PartialDate })
  expect(await lines(`view=agenda&officer=${officer.id}`)).toEqual(['2026-03-31 end'])
  for (let n = 0; n < 51; n += 1) await owe(mine, 'milestone', { '2026-03-05': 'scheduled' })
  const [first, second] = [await agenda('view=agenda'), await agenda('view=agenda&page=2')]
  expect([first.total, first.pages, first.items.length, second.items.length]).toEqual([53, 2, 50, 3])
  await expect(agenda('view=agenda&page=3')).rejects.toMatchObject({ code: 'not_found' })
})

test('what the dashboard counts as overdue is what the calendar lists', async () => {
  await fillWithSample(context, { kind: 'command_line' }, { agreements: 200, seed: 7 })
  for (const actor of [officer, { kind: 'command_line' } as const]) {
    const { dashboard } = await readDashboard(db.database, actor, today)
    const { total } = await agenda('show=overdue&what=milestone&what=obligation&what=payment', actor)
    expect(total).toBe(dashboard.overdueDays)
    const { filters } = asked('show=overdue&what=milestone&what=obligation&what=payment')
    expect(await countDue(db.database, { actor, filters, today }, filters.days)).toBe(total)
  }
})

describe('deadlines', () => {
  const day = fc
    .date({ min: new Date('2018-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))

  test('of a term are those that its own rule reckons, now and for the periods to come', async () => {
    const id = await record({})
    const terms = fc.record({
      ends: day.map((text) => text as PartialDate),
      renews: fc.boolean(),
      months: fc.integer({ min: 1, max: 30 }),
      renewalLimit: fc.option(fc.integer({ min: 1, max: 9 })),
      notice: fc.option(
        fc.record({
          amount: fc.integer({ min: 1, max: 40 }),
          unit: fc.constantFrom('days' as const, 'months' as const),
        }),
      ),
      leadDays: fc.option(fc.integer({ min: 0, max: 60 })),
    })
    await fc.assert(
      fc.asyncProperty(terms, day, async ({ renews, months, renewalLimit, ...some }, on) => {
        const term: Term = {
          effective: null,
          openEnded: false,
          ...some,
          renewal: renews ? 'automatic' : 'none',
          renewalMonths: renews ? months : null,
          renewalLimit: renews ? renewalLimit : null,
        }
        await db.database.update(agreements).set(termColumns(term)).where(eq(agreements.id, id))
        const now = Temporal.PlainDate.from(on)
        const range = { first: now.subtract({ days: 400 }), last: now.add({ days: 800 }) }
        const shown = (await agenda(`days=${range.first.toString()}/${range.last.toString()}`, officer, now)).items
        expect(shown.map(({ day: on, kind }) => `${on.toString()} ${kind}`).toSorted()).toEqual(
          expected(term, now, range),
        )
      }),
      { numRuns: 60 },
    )
  })

  const weekdays = workingDaysOf(usualWeekend, [])

  /** By asking the rule on each day of the range from today: what it says of the period that then runs. */
  function expected(
    term: Term,
    now: Temporal.PlainDate,
    range: { first: Temporal.PlainDate; last: Temporal.PlainDate },
  ) {
    const found = new Set<string>()
    const isIn = (date: Temporal.PlainDate) =>
      Temporal.PlainDate.compare(range.first, date) <= 0 && Temporal.PlainDate.compare(date, range.last) <= 0
    // A notice or a lead in the range may belong to an end that is far beyond it.
    for (let on = now; Temporal.PlainDate.compare(on, range.last.add({ days: 1400 })) <= 0; on = on.add({ days: 1 })) {
      const { end, notice, lead } = deadlines(term, on, weekdays)
      if (end !== undefined && isIn(end.date)) found.add(`${end.date.toString()} end`)
      for (const [kind, one] of [
        ['notice', notice],
        ['lead', lead],
      ] as const) {
        if (one !== undefined && isIn(one.date) && Temporal.PlainDate.compare(one.date, now) >= 0) {
          found.add(`${one.date.toString()} ${kind}`)
        }
      }
    }
    return [...found].toSorted()
  }
})
