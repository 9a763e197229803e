import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { readRecord } from '#features/agreements/record.ts'
import { type AmendmentWords, fileAmendment, recordAmendment } from '#features/amendments/commands.ts'
import { annulAmendment } from '#features/amendments/annul-commands.ts'
import { applyDueAmendments } from '#features/amendments/due-steps.ts'
import { agreedOf, agreedOn, contradictions } from '#features/amendments/model.ts'
import { readAmendments, readAnnulled } from '#features/amendments/state.ts'
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

const enter = (reference: string | null = null, state = 'in_force') =>
  recordAgreement(context, officer, {
    token: newId(),
    words: sampleWords({
      reference,
      signed: '2020-01-15' as PartialDate,
      effective: '2020-02-01' as PartialDate,
      ends: '2040' as PartialDate,
    }),
    state,
    holdsNoSecrets: true,
  })

const words = (changes: Partial<AmendmentWords> = {}): AmendmentWords => ({
  number: 1,
  kind: 'term',
  summary: 'A longer term',
  signedOn: null,
  effectiveOn: today.subtract({ days: 10 }),
  changes: [{ field: 'ends', before: '2040', after: '2042' }],
  languages: ['zh-Hans'],
  documentId: null,
  ...changes,
})
const applyDue = () =>
  applyDueAmendments(context, { kind: 'system' }, officeDay(context.clock, context.config.officeTimeZone))
const record = async () => (await readRecord(db.database, officer, agreementId))!
const amend = (changes: Partial<AmendmentWords>, version: number, token = newId(), who: Actor = officer) =>
  recordAmendment(context, who, { agreementId, version, token, words: words(changes) })
const endsOn = async (day: Temporal.PlainDate) => {
  const agreed = agreedOf((await record()).words)
  return agreedOn(agreed, await readAmendments(db.database, agreementId), day)['ends']
}

describe('recording', () => {
  test('one whose day has come changes the agreement, which stands as before on the days before', async () => {
    await amend({}, 1)
    expect(await record()).toMatchObject({ version: 2, words: { ends: '2042' } })
    expect(await endsOn(today)).toBe('2042')
    expect(await endsOn(today.subtract({ days: 11 }))).toBe('2040')
    const history = await readHistory(db.database, { kind: 'agreement', id: agreementId }, 2)
    expect(history.map(({ action }) => action).sort()).toEqual(['agreement.amend', 'amendment.record'])
  })

  test('one whose day is ahead waits for it', async () => {
    await amend({ effectiveOn: today.add({ days: 5 }) }, 1)
    expect(await record()).toMatchObject({ version: 1, words: { ends: '2040' } })
    expect(await endsOn(today.add({ days: 5 }))).toBe('2042')
    expect(await applyDue()).toEqual({ taken: 0, failed: 0 })
    context.clock.advance({ hours: 24 * 5 })
    expect(await applyDue()).toEqual({ taken: 1, failed: 0 })
    expect(await applyDue()).toEqual({ taken: 0, failed: 0 })
    expect(await record()).toMatchObject({ version: 2, words: { ends: '2042' } })
  })

  test('the order of entry does not matter; what does not follow is told', async () => {
    await amend({ number: 2, effectiveOn: today.subtract({ days: 1 }) }, 1)
    await amend({ number: 1, changes: [{ field: 'ends', before: '2040', after: '2041' }] }, 2)
    expect((await record()).words.ends).toBe('2042')
    expect(await endsOn(today.subtract({ days: 5 }))).toBe('2041')
    const agreed = agreedOf((await record()).words)
    expect(contradictions(agreed, await readAmendments(db.database, agreementId))).toEqual([
      { field: 'ends', number: 2, said: '2040', held: '2041' },
    ])
  })

  test('parties, value, texts and term change together', async () => {
    const parties = [
      { role: 'lead', partnerId: null, names: { en: 'Sample University A' }, country: 'CN' },
      { role: 'partner', partnerId: null, names: { en: 'Sample Institute C' }, country: 'LA' },
    ]
    const agreed = agreedOf((await record()).words)
    const change = (field: string, after: never) => ({ field, before: agreed[field] ?? null, after })
    await amend(
      {
        kind: 'other',
        changes: [
          change('parties', parties as never),
          change('value', { amount: '2000000', currency: 'CNY' } as never),
          change('title.th', 'ชื่อใหม่' as never),
          change('notice', { amount: 3, unit: 'months' } as never),
          change('renewal', 'automatic' as never),
          change('renewalMonths', 12 as never),
        ],
      },
      1,
    )
    const now = (await record()).words
    expect(now).toMatchObject({ renewal: 'automatic', renewalMonths: 12, notice: { amount: 3, unit: 'months' } })
    expect((await record()).words).toMatchObject({ value: { amount: '2000000' }, titles: { th: 'ชื่อใหม่' } })
    expect((await record()).words.parties[1]).toMatchObject({ names: { en: 'Sample Institute C' }, country: 'LA' })
  })
})

describe('what is refused', () => {
  test('a number that is taken, a change from what did not hold, an agreement that is not signed', async () => {
    await amend({}, 1)
    await expect(amend({ changes: [] }, 2)).rejects.toMatchObject({
      problems: [{ path: 'amendment.number', code: 'number_taken' }],
    })
    await expect(amend({ number: 2 }, 2)).rejects.toMatchObject({ problems: [{ code: 'before_differs' }] })
    await expect(amend({ number: 2, documentId: newId(), changes: [] }, 2)).rejects.toMatchObject({
      problems: [{ code: 'unknown_document' }],
    })
    agreementId = await enter('DRAFT', 'negotiation')
    await expect(amend({}, 1)).rejects.toMatchObject({ code: 'transition_not_allowed' })
  })

  test('of two at once the second is told; sent twice, it is recorded once', async () => {
    const results = await Promise.allSettled([amend({}, 1), amend({ number: 2 }, 1)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const token = newId()
    const third = () => amend({ number: 3, kind: 'other', changes: [] }, 2, token)
    expect(new Set(await Promise.all([third(), third(), third()])).size).toBe(1)
    expect(await readAmendments(db.database, agreementId)).toHaveLength(2)
  })

  test('somebody who may not', async () => {
    const reader = await sampleUser(context, 'reader@example.org', 'reader')
    await expect(amend({}, 1, newId(), reader)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

test('the languages and the paper of an amendment can be said later, by one person at a time', async () => {
  const id = await amend({}, 1)
  const file = (languages: string[], seen: string[]) =>
    fileAmendment(context, officer, {
      id,
      agreementId,
      token: newId(),
      languages,
      documentId: null,
      seen: { languages: seen, documentId: null },
    })
  await file(['zh-Hans', 'th'], ['zh-Hans'])
  await expect(file(['en'], ['zh-Hans'])).rejects.toMatchObject({ code: 'stale_version' })
  expect((await readAmendments(db.database, agreementId))[0]?.languages).toEqual(['zh-Hans', 'th'])
})

describe('annulling', () => {
  const annul = async (id: string, reason = 'Entered twice', who: Actor = officer, token = newId()) =>
    annulAmendment(context, who, { id, agreementId, version: (await record()).version, token, reason })
  const contradictory = async () =>
    contradictions(agreedOf((await record()).words), await readAmendments(db.database, agreementId))

  test('and recording are refused where less would be left than what is for technology', async () => {
    const value = (amount: string) => ({ amount, currency: 'CNY' })
    const raise = { field: 'value', before: value('1200000.5'), after: value('5000000') } as const
    const id = await amend({ kind: 'value', changes: [raise] }, 1)
    await db.sql`update agreements set technology_amount = 2000000 where id = ${agreementId}`
    const before = await record()
    await expect(annul(id)).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path: 'reason', code: 'technology_over_value' }],
    })
    const lower = { field: 'value', before: value('5000000'), after: value('1') } as const
    await expect(
      amend({ number: 2, kind: 'value', effectiveOn: today, changes: [lower] }, before.version),
    ).rejects.toMatchObject({ problems: [{ path: 'amendment.effectiveOn', code: 'technology_over_value' }] })
    expect(await record()).toEqual(before)
    expect(await readAmendments(db.database, agreementId)).toHaveLength(1)
  })

  test('an amendment gives back what held before it, frees its number and stays in the history', async () => {
    const id = await amend({}, 1)
    const token = newId()
    await annul(id, ' Entered twice ', officer, token)
    await annulAmendment(context, officer, { id, agreementId, version: 3, token, reason: ' Entered twice ' })
    expect(await record()).toMatchObject({ version: 3, words: { ends: '2040' } })
    expect([await endsOn(today), await endsOn(today.subtract({ days: 30 }))]).toEqual(['2040', '2040'])
    expect(await readAmendments(db.database, agreementId)).toEqual([])
    expect(await readAnnulled(db.database, agreementId)).toMatchObject([{ id, number: 1, reason: 'Entered twice' }])
    const history = await readHistory(db.database, { kind: 'agreement', id: agreementId }, 5)
    expect(history.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['amendment.record', 'agreement.amend', 'amendment.annul', 'agreement.unamend']),
    )
    await expect(annul(id)).rejects.toMatchObject({ code: 'not_found' })
    await amend({ changes: [{ field: 'ends', before: '2040', after: '2041' }] }, 3)
    expect(await endsOn(today)).toBe('2041')
  })

  test('one in the middle leaves those after it in effect, and each of them right about what held before', async () => {
    const first = await amend({ effectiveOn: today.subtract({ days: 20 }) }, 1)
    await amend({ number: 2, changes: [{ field: 'ends', before: '2042', after: '2044' }] }, 2)
    await annul(first)
    expect(await contradictory()).toEqual([])
    expect(await endsOn(today)).toBe('2044')
    expect(await endsOn(today.subtract({ days: 15 }))).toBe('2040')
    const [second] = await readAmendments(db.database, agreementId)
    expect(second?.changes).toEqual([{ field: 'ends', before: '2040', after: '2044' }])
  })

  test('one that is ahead never takes effect', async () => {
    const id = await amend({ effectiveOn: today.add({ days: 5 }) }, 1)
    await annul(id)
    context.clock.advance({ hours: 24 * 6 })
    expect(await applyDue()).toEqual({ taken: 0, failed: 0 })
    expect(await record()).toMatchObject({ version: 1, words: { ends: '2040' } })
  })

  test('needs a reason, the version that was seen, and the permission to record', async () => {
    const id = await amend({}, 1)
    await expect(annul(id, ' ')).rejects.toMatchObject({ problems: [{ path: 'reason', code: 'required' }] })
    const stale = { id, agreementId, version: 1, token: newId(), reason: 'x' }
    await expect(annulAmendment(context, officer, stale)).rejects.toMatchObject({ code: 'stale_version' })
    const other = await sampleUser(context, 'other@example.org', 'agreement_officer')
    const reader = await sampleUser(context, 'reader2@example.org', 'reader')
    for (const who of [other, reader]) await expect(annul(id, 'x', who)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await readAmendments(db.database, agreementId)).toHaveLength(1)
  })
})
