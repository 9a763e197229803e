import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { beginRegisterDay } from '#features/automation/commands.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { lifecycleOf } from '#tests/support/lifecycle.ts'

const db = useDatabase()
const system = { kind: 'system' } as const
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})

/** Notice can be given until 30 April 2026; the office begins on 31 March. */
const enter = (state: string, reference: string | null = null) => {
  const words = sampleWords({
    reference,
    officerId: officer.id,
    effective: '2024-06-01' as PartialDate,
    ends: '2026-05-30' as PartialDate,
    notice: { amount: 30, unit: 'days' },
    leadDays: 30,
  })
  return recordAgreement(context, officer, { holdsNoSecrets: true, token: newId(), words, state })
}
const rowOf = async (id: string) => (await db.database.select().from(agreements).where(eq(agreements.id, id)))[0]
const nextDue = async (id: string) => (await rowOf(id))?.nextDue

test('a step that ends an agreement ends its deadlines, and one that resumes it keeps them', async () => {
  const { move } = lifecycleOf(context, officer)
  const id = await enter('in_force')
  expect(await nextDue(id)).toBe('2026-03-31')
  await move(id, 'suspend', 'A pause')
  expect(await nextDue(id)).toBe('2026-03-31')
  context.clock.set('2026-04-10T01:00:00Z')
  await move(id, 'resume', 'It goes on')
  expect(await nextDue(id)).toBe('2026-04-30')
  await move(id, 'terminate', 'Both agreed')
  expect(await nextDue(id)).toBeNull()
})

test('a new day moves on what has passed, for everybody at once, and changes no version', async () => {
  const ids = [await enter('in_force'), await enter('signed', '2'), await enter('suspended', '3')]
  const ended = await enter('terminated', '4')
  const dues = () => Promise.all([...ids, ended].map(nextDue))
  expect(await dues()).toEqual(['2026-03-31', '2026-03-31', '2026-03-31', null])
  await beginRegisterDay(context, system, {})
  expect(await dues()).toEqual(['2026-03-31', '2026-03-31', '2026-03-31', null])
  // The office's day begins eight hours before that of UTC.
  context.clock.set('2026-03-31T15:59:59Z')
  await beginRegisterDay(context, system, {})
  expect(await nextDue(ids[0]!)).toBe('2026-03-31')
  context.clock.set('2026-03-31T16:00:00Z')
  await Promise.all([beginRegisterDay(context, system, {}), beginRegisterDay(context, system, {})])
  expect(await dues()).toEqual(['2026-04-30', '2026-04-30', '2026-04-30', null])
  context.clock.set('2026-05-01T01:00:00Z')
  await beginRegisterDay(context, system, {})
  expect(await dues()).toEqual(['2026-05-30', '2026-05-30', '2026-05-30', null])
  expect((await rowOf(ids[0]!))?.version).toBe(1)
  context.clock.set('2026-07-01T01:00:00Z')
  await beginRegisterDay(context, system, {})
  expect(await dues()).toEqual([null, null, null, null])
})
