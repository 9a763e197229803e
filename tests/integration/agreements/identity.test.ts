import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { agreementParties, agreements, publications } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { editAgreement, recordAgreement } from '#features/agreements/commands.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import { giveNumber } from '#features/agreements/numbering-commands.ts'
import { readRecord } from '#features/agreements/record.ts'
import { publishAgreements } from '#features/agreements/steps.ts'
import { editClauses } from '#features/languages/commands.ts'
import { clausesOf, markOfClauses } from '#features/languages/queries.ts'
import { linkAgreements } from '#features/links/commands.ts'
import { recordFiling, removePaper, savePaper } from '#features/papers/commands.ts'
import { markOf } from '#features/papers/mark.ts'
import { filingOf, papersOf } from '#features/papers/queries.ts'
import { readHistory } from '#platform/audit/history.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})

const rich = (): AgreementWords => {
  const base = sampleWords()
  const contact = { name: 'Contact Nobody', email: 'nobody@example.org', phone: '+00 0' }
  return {
    ...base,
    kind: 'technology_licence',
    parties: base.parties.map((party) => ({ ...party, originalLanguage: 'en', contact })),
    officialTitles: ['en'],
    renewal: 'automatic',
    renewalMonths: 12,
    renewalLimit: 2,
    notice: { amount: 3, unit: 'months' },
    leadDays: 31,
    authenticLanguages: ['zh', 'en', 'lo'],
    prevailingLanguage: 'en',
    technologyAmount: '1000.25',
    registrationNumber: 'REG-SECRET-7',
    officerId: officer.id,
  }
}

const record = (words: AgreementWords) =>
  recordAgreement(context, officer, { token: newId(), words, state: 'in_force', holdsNoSecrets: true })
const read = async (id: string) => (await readRecord(db.database, officer, id))!

test('all that was recorded is read back; who signed stays with a party that moves', async () => {
  const words = rich()
  const id = await record(words)
  expect((await read(id)).words).toEqual(words)
  await db.database.update(agreementParties).set({ signedOn: '2026-01-15' }).where(eq(agreementParties.position, 0))
  const parties = words.parties.toReversed()
  await editAgreement(context, officer, { id, version: 1, token: newId(), words: { ...words, parties } })
  const rows = await db.database.select().from(agreementParties).orderBy(agreementParties.position)
  expect(rows.map(({ signedOn }) => signedOn)).toEqual([null, '2026-01-15'])
})

test('none of it reaches the public register', async () => {
  const id = await record(rich())
  await db.database.transaction((tx) => publishAgreements(tx, [id], { by: null, at: context.clock.now() }))
  const [row] = await db.database.select().from(publications)
  const said = JSON.stringify(row)
  for (const secret of ['Contact Nobody', 'nobody@example.org', 'REG-SECRET-7', '1000.25', 'leadDays', officer.id]) {
    expect(said).not.toContain(secret)
  }
})

test('numbers given at the same time differ, and an agreement gets one only', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => record(sampleWords({ reference: null }))))
  await Promise.all(ids.map((id) => giveNumber(context, officer, { id, version: 1, token: newId() })))
  const numbers = await db.database.select({ reference: agreements.reference }).from(agreements)
  expect(new Set(numbers.map(({ reference }) => reference)).size).toBe(3)
  const again = giveNumber(context, officer, { id: ids[0] ?? '', version: 2, token: newId() })
  await expect(again).rejects.toMatchObject({ problems: [{ code: 'reference_given' }] })
})

test('papers come, change and go with their history; filing that is due is what is next', async () => {
  const id = await record(sampleWords())
  const common = { agreementId: id, keep: [] }
  const typed = { holder: 'Office', copies: '2', language: 'en', place: '' }
  await savePaper(context, officer, { ...common, token: newId(), kind: 'original', id: undefined, seen: '', typed })
  const [paper] = await papersOf(db.database, id)
  const target = { ...common, kind: 'original' as const, id: paper!.id, seen: markOf(paper!.values) }
  await savePaper(context, officer, { ...target, token: newId(), typed: { ...typed, copies: '3' } })
  const stale = savePaper(context, officer, { ...target, token: newId(), typed: { ...typed, copies: '4' } })
  await expect(stale).rejects.toMatchObject({ code: 'stale_version' })
  const [now] = await papersOf(db.database, id)
  await removePaper(context, officer, { ...target, seen: markOf(now!.values), token: newId() })
  expect(await papersOf(db.database, id)).toEqual([])
  const events = await readHistory(db.database, { kind: 'agreement', id }, 10)
  expect(events[0]).toMatchObject({ action: 'paper.remove', changes: [{ before: { copies: 3 }, after: null }] })
  const seen = markOf({ ...(await filingOf(db.database, id)) })
  await recordFiling(context, officer, { ...common, token: newId(), seen, typed: { filingDue: '2020-01-31' } })
  const [row] = await db.database.select().from(agreements).where(eq(agreements.id, id))
  expect(row?.nextDue).toBe('2020-01-31')
})

test('links make no circle, also when two close one at once', async () => {
  const a = await record(sampleWords())
  const b = await record(sampleWords({ reference: null }))
  const link = (agreementId: string, otherId: string) =>
    linkAgreements(context, officer, { agreementId, otherId, kind: 'follows', token: newId() })
  const outcomes = await Promise.allSettled([link(a, b), link(b, a)])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('clauses are entered, moved and removed', async () => {
  const id = await record(sampleWords())
  const edit = async (act: 'save' | 'up' | 'remove', position: number, en = '') => {
    const seen = markOfClauses(await clausesOf(db.database, id))
    const typed = { heading: '', words: { en, zh: '' } }
    await editClauses(context, officer, { agreementId: id, token: newId(), seen, act, position, typed, keep: [] })
  }
  await edit('save', 0, 'First.')
  await edit('save', 1, 'Second.')
  await edit('up', 1)
  await edit('remove', 1)
  expect(await clausesOf(db.database, id)).toEqual([{ heading: null, words: { en: 'Second.' } }])
})
