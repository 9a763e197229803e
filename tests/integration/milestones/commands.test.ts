import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { agreementDocuments, agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { addMilestone, archiveMilestone, editMilestone } from '#features/milestones/commands.ts'
import { settleOccurrence } from '#features/milestones/outcome-commands.ts'
import type { MilestoneWords, Outcome } from '#features/milestones/model.ts'
import { dueLinesOf, dueSoon, requireMilestone } from '#features/milestones/queries.ts'
import { readHistory } from '#platform/audit/history.ts'
import { officeDay } from '#platform/clock.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>
let today: Temporal.PlainDate
let agreementId: string

beforeEach(async () => {
  context = testContext(db)
  today = officeDay(context.clock, context.config.officeTimeZone)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  agreementId = await enter()
})

const ends = () => today.add({ years: 3 }).toString() as PartialDate
const enter = (reference: string | null = null, state = 'in_force') =>
  recordAgreement(context, officer, {
    token: newId(),
    words: sampleWords({ reference, ends: ends() }),
    state,
    holdsNoSecrets: true,
  })

const words = (changes: Partial<MilestoneWords> = {}): MilestoneWords => ({
  kind: 'milestone',
  title: 'Sample report',
  partyPosition: 1,
  firstDue: today.add({ days: 10 }),
  rule: null,
  money: null,
  ...changes,
})
const add = (changes: Partial<MilestoneWords> = {}, token = newId(), who: Actor = officer) =>
  addMilestone(context, who, { agreementId, token, words: words(changes) })
const met = (changes: Partial<Outcome> = {}): Outcome => ({
  state: 'met',
  metOn: today,
  paid: null,
  note: 'seen',
  documentId: null,
  ...changes,
})
const settle = (id: string, version: number, due: Temporal.PlainDate, outcome = met(), who: Actor = officer) =>
  settleOccurrence(context, who, { id, version, due, token: newId(), outcome })
const nextDue = async () =>
  (await db.database.select().from(agreements).where(eq(agreements.id, agreementId)))[0]?.nextDue
const lines = () => dueLinesOf(db.database, agreementId, today)

describe('adding', () => {
  test('every due day stands in the list, and the earliest in the agreement', async () => {
    const first = today.add({ days: 5 })
    await add({ rule: 'FREQ=WEEKLY;COUNT=3', firstDue: first })
    expect((await lines()).map(({ due }) => due.toString())).toEqual(
      [0, 7, 14].map((days) => first.add({ days }).toString()),
    )
    expect(await nextDue()).toBe(first.toString())
    const [event] = await readHistory(db.database, { kind: 'agreement', id: agreementId }, 1)
    expect(event).toMatchObject({ action: 'milestone.add', actorId: officer.id })
  })

  test('a form sent many times at once adds one', async () => {
    const token = newId()
    const ids = await Promise.all(Array.from({ length: 6 }, () => add({}, token)))
    expect(new Set(ids).size).toBe(1)
    expect(await lines()).toHaveLength(1)
  })

  test('a rule that milestones do not use, too many days, and a party that is not there are refused', async () => {
    await expect(add({ rule: 'FREQ=HOURLY;COUNT=2' })).rejects.toMatchObject({ problems: [{ path: 'rhythm' }] })
    await expect(add({ rule: 'FREQ=DAILY;UNTIL=20991231' })).rejects.toMatchObject({
      problems: [{ code: 'too_many_occurrences' }],
    })
    await expect(add({ partyPosition: 7 })).rejects.toMatchObject({ problems: [{ path: 'party' }] })
    expect(await lines()).toEqual([])
  })
})

describe('settling', () => {
  test('what became of a day is kept with who confirmed it, and the next thing due moves on', async () => {
    const first = today.subtract({ days: 3 })
    const id = await add({
      kind: 'payment',
      money: { amount: '100.5', currency: 'CNY' },
      rule: 'FREQ=WEEKLY;COUNT=2',
      firstDue: first,
    })
    expect((await lines())[0]?.overdue).toBe(true)
    await settle(id, 1, first, met({ state: 'partially_met', paid: '40' }))
    const settled = (await lines()).find(({ due }) => due.equals(first))
    expect(settled).toMatchObject({ state: 'partially_met', paid: '40', confirmedBy: 'officer', overdue: false })
    expect(await nextDue()).toBe(first.add({ days: 7 }).toString())
    await settle(id, 2, first, { state: 'scheduled', metOn: null, paid: null, note: 'by mistake', documentId: null })
    expect((await lines())[0]).toMatchObject({ state: 'scheduled', paid: null, confirmedBy: null })
    expect(await nextDue()).toBe(first.toString())
  })

  test('of two people the second is told, and the first one’s word stands', async () => {
    const due = today.add({ days: 10 })
    const id = await add()
    const results = await Promise.allSettled([
      settle(id, 1, due),
      settle(id, 1, due, met({ state: 'not_met', metOn: null })),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'stale_version', params: { version: 2 } },
    })
  })

  test('evidence is a document of the same agreement', async () => {
    const id = await add()
    const due = today.add({ days: 10 })
    const paper = async (of: string) => {
      const document = newId()
      await db.database.insert(agreementDocuments).values({
        id: document,
        agreementId: of,
        kind: 'evidence',
        title: 'Scan',
        createdAt: context.clock.now().toString(),
      })
      return document
    }
    const foreign = await paper(await enter('OTHER'))
    await expect(settle(id, 1, due, met({ documentId: foreign }))).rejects.toMatchObject({
      problems: [{ code: 'unknown_document' }],
    })
    await settle(id, 1, due, met({ documentId: await paper(agreementId) }))
    expect((await lines())[0]).toMatchObject({ state: 'met', document: 'Scan' })
    await expect(settle(id, 2, due.add({ days: 1 }))).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('editing', () => {
  test('settled days stay, scheduled ones follow the rule', async () => {
    const first = today.add({ days: 1 })
    const id = await add({ firstDue: first, rule: 'FREQ=DAILY;COUNT=3' })
    await settle(id, 1, first)
    await editMilestone(context, officer, {
      id,
      version: 2,
      token: newId(),
      words: words({ firstDue: first.add({ days: 1 }), rule: null }),
    })
    expect((await lines()).map(({ due, state }) => [due.toString(), state])).toEqual([
      [first.add({ days: 1 }).toString(), 'scheduled'],
      [first.toString(), 'met'],
    ])
  })

  test('an archived one is in no list and can be changed no more', async () => {
    const id = await add()
    await archiveMilestone(context, officer, { id, version: 1, token: newId() })
    expect(await lines()).toEqual([])
    expect(await nextDue()).toBe(ends())
    await expect(settle(id, 2, today.add({ days: 10 }))).rejects.toMatchObject({ code: 'stale_version' })
    await expect(requireMilestone(db.database, officer, agreementId, id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('who may', () => {
  test('a reader sees and changes nothing; one who may not see is told that there is nothing', async () => {
    const id = await add()
    const reader = await sampleUser(context, 'reader@example.org', 'reader')
    await expect(add({}, newId(), reader)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(settle(id, 1, today.add({ days: 10 }), met(), reader)).rejects.toMatchObject({ code: 'forbidden' })
    expect((await requireMilestone(db.database, reader, agreementId, id)).id).toBe(id)
    const translator = await sampleUser(context, 'translator@example.org', 'translator')
    await expect(requireMilestone(db.database, translator, agreementId, id)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(requireMilestone(db.database, reader, newId(), id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('what is due soon is told of agreements that were signed and that one may see', async () => {
    await add({ firstDue: today.subtract({ days: 2 }) })
    await add({ firstDue: today.add({ days: 30 }) })
    await add({ firstDue: today.add({ days: 31 }) })
    agreementId = await enter('DRAFT', 'draft')
    await add()
    const list = await dueSoon(db.database, officer, today, 30, { locale: 'en' })
    expect(list).toMatchObject({ total: 2, overdue: 1 })
    expect(list.lines.map(({ overdue, agreement }) => [overdue, agreement?.title?.value])).toEqual([
      [true, 'Sample cooperation on nothing at all'],
      [false, 'Sample cooperation on nothing at all'],
    ])
    const translator = await sampleUser(context, 'translator@example.org', 'translator')
    expect((await dueSoon(db.database, translator, today, 30, { locale: 'en' })).total).toBe(0)
  })
})
