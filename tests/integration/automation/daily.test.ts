import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CommandRun, UsageError } from '#cli/command.ts'
import { jobsDaily } from '#cli/commands/jobs-daily.ts'
import { connect } from '#db/client.ts'
import { agreementRenewals, agreements, publications } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import { grantRelease, requestRelease } from '#features/agreements/release-commands.ts'
import { beginRegisterDay } from '#features/automation/commands.ts'
import { readHistory } from '#platform/audit/history.ts'
import { newId } from '#platform/ids.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { lifecycleOf } from '#tests/support/lifecycle.ts'

const db = useDatabase()
const system = { kind: 'system' } as const
type Staff = Extract<Actor, { kind: 'user' }>
let context: ReturnType<typeof testContext>
let officer: Staff

let owner: ReturnType<typeof connect>

beforeAll(() => {
  owner = connect(db.target, { as: 'owner', max: 1 })
})
afterAll(() => owner.end())

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})

const date = (text: string) => text as PartialDate
let entered = 0
const enter = (state: string, words: Partial<AgreementWords>) =>
  recordAgreement(context, officer, {
    holdsNoSecrets: true,
    token: newId(),
    state,
    words: sampleWords({ reference: `${(entered += 1)}`, signed: date('2020-01-15'), officerId: officer.id, ...words }),
  })
const rowOf = async (id: string) => (await db.database.select().from(agreements).where(eq(agreements.id, id)))[0]!
const historyOf = async (id: string) =>
  (await readHistory(db.database, { kind: 'agreement', id }, 100)).filter(({ actorKind }) => actorKind !== 'user')
const at = (instant: string) => context.clock.set(instant)
const nothing = { amended: 0, intoForce: 0, renewed: 0, expired: 0, failed: 0 }

test('comes into force at the office’s midnight, once, by the system, and says why', async () => {
  const id = await enter('signed', { effective: date('2026-05-01'), ends: date('2027-04-30') })
  at('2026-04-30T15:59:59Z')
  expect(await beginRegisterDay(context, system, {})).toMatchObject(nothing)
  at('2026-04-30T16:00:00Z')
  expect(await beginRegisterDay(context, system, {})).toMatchObject({ ...nothing, intoForce: 1 })
  expect(await beginRegisterDay(context, system, {})).toMatchObject(nothing)
  expect(await rowOf(id)).toMatchObject({ state: 'in_force', version: 2, nextDue: '2027-04-30' })
  const [event, ...more] = await historyOf(id)
  expect(more).toEqual([])
  expect(event).toMatchObject({ action: 'agreement.take_effect', actorKind: 'system' })
  expect(event?.changes).toContainEqual(expect.objectContaining({ field: 'automatic.effective', after: '2026-05-01' }))
})

test('what was missed while nothing ran is made up for, each renewal by itself, and the end comes last', async () => {
  const id = await enter('in_force', {
    effective: date('2020-02-01'),
    ends: date('2022-01-31'),
    renewal: 'automatic',
    renewalMonths: 12,
    renewalLimit: 3,
  })
  at('2024-06-01T01:00:00Z')
  expect(await beginRegisterDay(context, system, {})).toMatchObject({ ...nothing, renewed: 3 })
  expect(await rowOf(id)).toMatchObject({ state: 'in_force', version: 1, nextDue: '2025-01-31' })
  at('2025-02-01T01:00:00Z')
  expect(await beginRegisterDay(context, system, {})).toMatchObject({ ...nothing, expired: 1 })
  expect(await rowOf(id)).toMatchObject({ state: 'expired', nextDue: null })
  const told = (await historyOf(id)).map(({ action, changes }) => [
    action,
    ...changes.filter(({ field }) => field.startsWith('automatic.')).map(({ after }) => after),
  ])
  expect(told.reverse()).toEqual([
    ['agreement.renew', '2022-01-31', 1, '2023-01-31'],
    ['agreement.renew', '2023-01-31', 2, '2024-01-31'],
    ['agreement.renew', '2024-01-31', 3, '2025-01-31'],
    ['agreement.expire', '2025-01-31'],
  ])
})

test('several processes at midnight and a clock that goes back do nothing twice', async () => {
  const ids = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      enter(index % 2 === 0 ? 'signed' : 'in_force', {
        effective: date('2024-01-01'),
        ends: date('2025-12-31'),
        renewal: 'automatic',
        renewalMonths: 6,
      }),
    ),
  )
  at('2026-07-01T01:00:00Z')
  const reports = await Promise.all(Array.from({ length: 4 }, () => beginRegisterDay(context, system, {})))
  const sum = (name: 'intoForce' | 'renewed' | 'failed') => reports.reduce((total, report) => total + report[name], 0)
  expect([sum('intoForce'), sum('renewed'), sum('failed')]).toEqual([6, 24, 0])
  at('2026-03-01T01:00:00Z')
  expect(await beginRegisterDay(context, system, {})).toMatchObject(nothing)
  at('2026-07-02T01:00:00Z')
  expect(await beginRegisterDay(context, system, {})).toMatchObject(nothing)
  expect(await db.database.select().from(agreementRenewals)).toHaveLength(24)
  for (const id of ids) expect((await rowOf(id)).state).toBe('in_force')
})

test('an agreement that fails keeps none of the others from their day, and loses nothing', async () => {
  const term = { effective: date('2020-01-01'), ends: date('2025-12-31') }
  const [broken, sound] = [await enter('in_force', term), await enter('in_force', term)]
  await owner.unsafe(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
    create trigger refuse before update on agreements for each row when (old.id = '${broken}') execute function refuse()`)
  expect(await beginRegisterDay(context, system, {})).toMatchObject({ ...nothing, expired: 1, failed: 1 })
  expect((await rowOf(sound)).state).toBe('expired')
  expect(await historyOf(broken)).toEqual([])
  await owner.unsafe('drop trigger refuse on agreements; drop function refuse')
  expect(await beginRegisterDay(context, system, {})).toMatchObject({ ...nothing, expired: 1 })
  expect((await rowOf(broken)).state).toBe('expired')
})

test('an agreement that somebody changes meanwhile is judged by what it says then', async () => {
  const id = await enter('in_force', { effective: date('2020-01-01'), ends: date('2025-12-31') })
  const round = await db.database.transaction(async (tx) => {
    await tx.update(agreements).set({ ends: '2030-12-31' }).where(eq(agreements.id, id))
    const begun = beginRegisterDay(context, system, {})
    // The round has found it by now and waits for the lock.
    await expect
      .poll(
        async () =>
          owner`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      .toHaveLength(1)
    return { begun }
  })
  expect(await round.begun).toMatchObject(nothing)
  expect((await rowOf(id)).state).toBe('in_force')
})

test('one that expired before its renewal was on record is reinstated once the term is amended', async () => {
  const id = await enter('in_force', { effective: date('2020-01-01'), ends: date('2025-12-31') })
  await beginRegisterDay(context, system, {})
  const { move } = lifecycleOf(context, officer)
  await expect(move(id, 'reinstate', 'Renewed on paper')).rejects.toMatchObject({
    code: 'transition_not_allowed',
    problems: [{ path: 'ends', code: 'needed_for_state' }],
  })
  await db.database.update(agreements).set({ ends: '2028-12-31' }).where(eq(agreements.id, id))
  await move(id, 'reinstate', 'Renewed on paper')
  expect(await beginRegisterDay(context, system, {})).toMatchObject(nothing)
  expect((await rowOf(id)).state).toBe('in_force')
})

test('the public register follows a step that comes from its dates, and no other', async () => {
  const reviewer = await sampleUser(context, 'reviewer@example.org', 'administrator')
  const release = async (id: string) => {
    const step = { id, version: (await rowOf(id)).version, note: '', reviewer: 'A. Sample', basis: 'Sample form 1' }
    await requestRelease(context, officer, { ...step, token: newId() })
    await grantRelease(context, reviewer, { ...step, token: newId() })
  }
  const shown = async (id: string) =>
    (await db.database.select().from(publications).where(eq(publications.recordId, id)))
      .filter(({ supersededAt, withdrawnAt }) => supersededAt === null && withdrawnAt === null)
      .map(({ content, edition }) => [edition, (content as { state: string }).state])
  const term = { effective: date('2026-01-01'), ends: date('2026-04-30') }
  const [followed, suspended] = [await enter('in_force', term), await enter('in_force', term)]
  await release(followed)
  await release(suspended)
  await lifecycleOf(context, officer).move(suspended, 'suspend', 'A pause')
  at('2026-05-01T01:00:00Z')
  expect(await beginRegisterDay(context, system, {})).toMatchObject({ ...nothing, expired: 2 })
  expect(await shown(followed)).toEqual([[2, 'expired']])
  expect(await shown(suspended)).toEqual([[1, 'in_force']])
})

describe('jobs daily', () => {
  const run = async (options: CommandRun['options']) => {
    const lines: string[] = []
    const code = await jobsDaily.run({
      context: context as unknown as CommandRun['context'],
      options,
      words: [],
      locale: 'en',
      t: translator('en'),
      print: (line) => lines.push(line),
      readInput: () => Promise.resolve(''),
    })
    return { code, lines }
  }

  test('does the work of a day that has been, and says what it did', async () => {
    const id = await enter('in_force', { effective: date('2020-01-01'), ends: date('2026-01-31') })
    expect((await run({ date: '2026-01-31' })).lines.at(-1)).toBe('  expired: 0')
    expect(await run({})).toEqual({
      code: 0,
      lines: [
        'The day’s work of 2 March 2026:',
        '  amendments took effect: 0',
        '  came into force: 0',
        '  renewed automatically: 0',
        '  expired: 1',
      ],
    })
    expect((await historyOf(id))[0]?.actorKind).toBe('command_line')
  })

  test('refuses a day that is none, and one that is still to come', async () => {
    for (const day of ['2026-02-30', '2026-3-1', 'yesterday', '2026-03-03'])
      await expect(run({ date: day }), day).rejects.toThrow(UsageError)
  })
})

test('only the operator and administrators may set it going', async () => {
  await expect(beginRegisterDay(context, officer, {})).rejects.toMatchObject({ code: 'forbidden' })
  await expect(beginRegisterDay(context, { kind: 'visitor' }, {})).rejects.toMatchObject({
    code: 'sign_in_required',
  })
})
