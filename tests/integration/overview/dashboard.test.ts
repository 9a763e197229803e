import { and, eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { agreementReaders, agreementRenewals, agreements, agreementTransitions } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { listForOffice } from '#features/agreements/office-list.ts'
import { deadlines } from '#features/agreements/term.ts'
import { termColumns } from '#features/agreements/term-columns.ts'
import { runningEnd } from '#features/agreements/term-sql.ts'
import type { Counted, Dashboard } from '#features/overview/model.ts'
import { readDashboard } from '#features/overview/queries.ts'
import { requestRelease } from '#features/agreements/release-commands.ts'
import { fillWithSample } from '#features/sample/commands.ts'
import { usualWeekend, workingDaysOf } from '#features/workdays/model.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { withQuery } from '#platform/paths.ts'
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

const record = (changes: Parameters<typeof sampleWords>[0], state = 'draft', actor: Actor = officer) =>
  recordAgreement(context, actor, {
    holdsNoSecrets: true,
    token: newId(),
    words: sampleWords({ reference: null, ...changes }),
    state,
  })

const queryOf = (query: Counted['query']) => withQuery('', query).slice(1)
const listed = async (query: string, actor: Actor) =>
  listForOffice(db.database, actor, readOfficeFilters(new URLSearchParams(query)), 'en', today, 'Asia/Shanghai')

/** Every number of the dashboard that opens a list of agreements. */
function countedIn(dashboard: Dashboard): Counted[] {
  const halves = [...dashboard.countries, ...dashboard.years].flatMap(({ technology, other, all }) => [
    technology,
    other,
    all,
  ])
  const waits = dashboard.waiting.flatMap(({ review, preparation, signature }) => [review, preparation, signature])
  const { inForce, signedThisYear, ending, overdue, releases, kinds, values } = dashboard
  return [inForce, signedThisYear, ending, overdue, releases, ...kinds, ...values, ...halves, ...waits].filter(
    ({ query }) => query['reviewer'] !== '',
  )
}

async function expectCountsToBeLists(actor: Actor): Promise<Dashboard> {
  const { dashboard } = await readDashboard(db.database, actor, today)
  for (const { count, query } of countedIn(dashboard)) {
    expect((await listed(queryOf(query), actor)).total, queryOf(query)).toBe(count)
  }
  return dashboard
}

describe('in a register of some size', () => {
  beforeEach(async () => {
    await fillWithSample(context, { kind: 'command_line' }, { agreements: 260, seed: 5 })
  })

  test('every number is that of the list which it opens, for each who may see more or less', async () => {
    const named = await sampleUser(context, 'named@example.org', 'reader')
    const [hidden] = await db.database
      .select({ id: agreements.id })
      .from(agreements)
      .where(and(eq(agreements.visibility, 'confidential'), eq(agreements.state, 'in_force')))
    await db.database.insert(agreementReaders).values({ agreementId: hidden?.id ?? '', userId: named.id })
    const all = await expectCountsToBeLists({ kind: 'command_line' })
    const some = await expectCountsToBeLists(named)
    const fewer = await expectCountsToBeLists(officer)
    expect(some.inForce.count).toBe(fewer.inForce.count + 1)
    expect(all.inForce.count).toBeGreaterThanOrEqual(some.inForce.count)
    expect(all.countries.length).toBeGreaterThan(3)
    expect(all.years.length).toBeGreaterThan(3)
    expect(all.overdue.count).toBeGreaterThan(0)
    expect(all.ending.count).toBeGreaterThan(0)
    expect(all.waiting.some(({ review }) => review.count > 0)).toBe(true)
    expect(all.waiting.some(({ signature }) => signature.count > 0)).toBe(true)
  })

  test('a translator and a visitor see no number, a reviewer those of what was assigned', async () => {
    const translator = await sampleUser(context, 'translator@example.org', 'translator')
    for (const actor of [translator, { kind: 'visitor' } as const]) {
      const { dashboard } = await readDashboard(db.database, actor, today)
      expect(countedIn(dashboard).every(({ count }) => count === 0)).toBe(true)
      expect(dashboard.overdueDays).toBe(0)
    }
    const reviewer = await sampleUser(context, 'reviewer@example.org', 'reviewer')
    expect((await expectCountsToBeLists(reviewer)).inForce.count).toBe(0)
  })
})

test('what is kept is counted anew after every change', async () => {
  const count = async () => (await readDashboard(db.database, officer, today)).dashboard.releases.count
  expect(await count()).toBe(0)
  const id = await record({ visibility: 'public' }, 'in_force')
  expect((await readDashboard(db.database, officer, today)).dashboard.inForce.count).toBe(1)
  await requestRelease(context, officer, { id, version: 1, token: newId(), note: '' })
  expect(await count()).toBe(1)
})

test('a change that was under way while the numbers were counted is counted when it is done', async () => {
  await record({}, 'in_force')
  const read = async () => (await readDashboard(db.database, officer, today)).dashboard.inForce.count
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>()
  const change = db.database.transaction(async (tx) => {
    await tx.update(agreements).set({ state: 'suspended' })
    await tx.execute(sql`insert into audit_events (id, at, actor_kind, action, subject_kind)
      values (${newId()}, now(), 'system', 'agreement.test', 'agreement')`)
    begin(undefined)
    await mayEnd
  })
  await begun
  expect(await read()).toBe(1)
  end(undefined)
  await change
  expect(await read()).toBe(0)
})

test('values are added up exactly, each currency by itself', async () => {
  const money = (amount: string, currency: string) => ({ value: { amount, currency } })
  const technology = { kind: 'technology_licence', technologyAmount: '0.1' } as const
  await record({ ...money('0.1', 'CNY'), ...technology }, 'in_force')
  await record({ ...money('0.2', 'CNY'), visibility: 'confidential' }, 'in_force')
  await record(money('999999999999999', 'CNY'), 'in_force')
  await record(money('7', 'VND'), 'in_force')
  await record(money('5', 'CNY'), 'signed')
  const { values } = await expectCountsToBeLists(officer)
  expect(values.map(({ currency, value, technology: part }) => [currency, value, part])).toEqual([
    ['CNY', '999999999999999.3', '0.1'],
    ['VND', '7', '0'],
  ])
})

describe('the end of the period that runs', () => {
  const day = fc.date({ min: new Date('2015-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  const plain = day.map((date) => date.toISOString().slice(0, 10))

  test('is in the database what the rule of terms makes of it', async () => {
    const id = await record({ ends: null }, 'in_force')
    const term = fc.record({
      ends: plain.map((text) => text as PartialDate),
      renewal: fc.constantFrom('none' as const, 'automatic' as const),
      renewalMonths: fc.integer({ min: 1, max: 40 }),
      renewalLimit: fc.option(fc.integer({ min: 1, max: 30 })),
    })
    await fc.assert(
      fc.asyncProperty(term, plain, async (one, on) => {
        const automatic = one.renewal === 'automatic'
        const agreed = {
          effective: null,
          openEnded: false,
          notice: null,
          leadDays: null,
          ...one,
          renewalMonths: automatic ? one.renewalMonths : null,
          renewalLimit: automatic ? one.renewalLimit : null,
        }
        await db.database.update(agreements).set(termColumns(agreed)).where(eq(agreements.id, id))
        const now = Temporal.PlainDate.from(on)
        const [row] = await db.database.execute<{ day: string }>(
          sql`select ${runningEnd(now)}::text as day from ${agreements}`,
        )
        expect(row?.day).toBe(deadlines(agreed, now, workingDaysOf(usualWeekend, [])).end?.date.toString())
      }),
      { numRuns: 300 },
    )
  })
})

describe('what happened within some days', () => {
  const titles = async (query: string) =>
    (await listed(`${query}&sort=title`, officer)).entries.map(({ title }) => title?.value)
  const named = (title: string) => ({ titles: { en: title } })
  const date = (text: string) => text as PartialDate

  test('a date known to the month counts where the whole month lies within', async () => {
    await record({ ...named('day'), signed: date('2026-01-31') }, 'signed')
    await record({ ...named('month'), signed: date('2026-01') }, 'signed')
    await record({ ...named('year'), signed: date('2025') }, 'signed')
    await record({ ...named('draft'), signed: date('2026-01-10') })
    expect(await titles('signed=2026-01-01/2026-01-31')).toEqual(['day', 'month'])
    expect(await titles('signed=2026-01-02/2026-01-31')).toEqual(['day'])
    expect(await titles('signed=2026-01-01/2026-01-30')).toEqual([])
    expect(await titles('signed=2025-01-01/2025-12-31')).toEqual(['year'])
    expect(await titles('signed=2025-01-01/2025-11-30')).toEqual([])
  })

  test('an agreement comes into force on its day, unless it ended before', async () => {
    await record({ ...named('in force'), effective: date('2026-01-10') }, 'in_force')
    await record({ ...named('not yet'), effective: date('2026-01-10') }, 'signed')
    const never = await record({ ...named('never'), effective: date('2026-01-10') }, 'signed')
    await db.database.update(agreements).set({ state: 'terminated' }).where(eq(agreements.id, never))
    await db.database
      .update(agreementTransitions)
      .set({ transition: 'sign' })
      .where(eq(agreementTransitions.agreementId, never))
    expect(await titles('begun=2026-01-10/2026-01-10')).toEqual(['in force'])
  })

  test('what expired ended with its term, the rest on the office’s day of the step', async () => {
    await record({ ...named('entered'), ends: date('2026-02-28') }, 'terminated')
    await record({ ...named('expired'), ends: date('2026-02-28') }, 'expired')
    const renewed = { renewal: 'automatic', renewalMonths: 12, renewalLimit: 2 } as const
    await record({ ...named('renewed twice'), ends: date('2024-02-29'), ...renewed }, 'expired')
    const id = await record({ ...named('terminated'), ends: date('2030-01-01') }, 'in_force')
    await db.database.update(agreements).set({ state: 'terminated' }).where(eq(agreements.id, id))
    await db.database.insert(agreementTransitions).values({
      id: newId(),
      agreementId: id,
      transition: 'terminate',
      fromState: 'in_force',
      toState: 'terminated',
      // Past midnight in Kunming already.
      at: '2026-02-27T16:30:00Z',
    })
    expect(await titles('ended=2026-02-28/2026-02-28')).toEqual(['entered', 'expired', 'renewed twice', 'terminated'])
    expect(await titles('ended=2026-02-27/2026-02-27')).toEqual([])
  })

  test('a renewal counts on the first day of the period that it brought', async () => {
    const id = await record({ ...named('renewed') }, 'in_force')
    await record({ ...named('not renewed') }, 'in_force')
    await db.database.insert(agreementRenewals).values({
      agreementId: id,
      endedOn: '2026-02-28',
      number: 1,
      renewedUntil: '2027-02-28',
      // Caught up days later.
      recordedAt: '2026-03-05T01:00:00Z',
    })
    expect(await titles('renewed=2026-03-01/2026-03-01')).toEqual(['renewed'])
    expect(await titles('renewed=2026-02-01/2026-02-28')).toEqual([])
  })
})
