import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#features/accounts/model.ts'
import { editAgreement, recordAgreement } from '#features/agreements/commands.ts'
import { readRecord } from '#features/agreements/record.ts'
import { recordSignOff } from '#features/reviews/sign-off-commands.ts'
import { readReviewPage, waitingFor } from '#features/reviews/queries.ts'
import { readStanding } from '#features/reviews/standing.ts'
import { readHistory } from '#platform/audit/history.ts'
import { sealAudit } from '#platform/audit/seal.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { lifecycleOf } from '#tests/support/lifecycle.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>
let legal: typeof officer
let finance: typeof officer
let life: ReturnType<typeof lifecycleOf>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  legal = await sampleUser(context, 'legal@example.org', 'reviewer')
  finance = await sampleUser(context, 'finance@example.org', 'reviewer')
  life = lifecycleOf(context, officer)
})

const enter = (state = 'negotiation') =>
  recordAgreement(context, officer, { token: newId(), words: sampleWords(), state, holdsNoSecrets: true })
const edit = async (id: string, changes: Parameters<typeof sampleWords>[0], version?: number) =>
  editAgreement(context, officer, {
    id,
    version: version ?? (await life.read(id)).version,
    token: newId(),
    words: sampleWords(changes),
  })
const state = async (id: string) => (await life.read(id)).state
const actions = async (id: string) =>
  (await readHistory(db.database, { kind: 'agreement', id }, 50)).map(({ action }) => action.replace('agreement.', ''))
const page = async (id: string) => readReviewPage(db.database, officer, await life.read(id))

describe('a review in parallel', () => {
  test('is approved once everybody has approved, of exactly the content that was sent', async () => {
    const id = await enter()
    await life.send(id, { legal, finance })
    expect(await state(id)).toBe('review')
    await life.decide(id, finance)
    expect(await state(id)).toBe('review')
    await life.decide(id, legal, 'approved', 'Nothing against it')
    expect(await state(id)).toBe('approved')
    expect(await readStanding(db.database, id)).toMatchObject({ approval: 'stands', signedOff: false })
    expect(await actions(id)).toEqual(['approve', 'review_approved', 'review_approved', 'send_to_review', 'enter'])
    await sealAudit(db.database, context.clock)
    expect(await verifyAudit(db.database)).toMatchObject({ unsealed: 0, breaks: [] })
  })

  test('of two who decide at the same moment both count, and one of them ends it', async () => {
    const id = await enter()
    await life.send(id, { legal, finance })
    await Promise.all([life.decide(id, legal), life.decide(id, finance)])
    expect(await state(id)).toBe('approved')
    expect(await actions(id)).toHaveLength(5)
    expect(await db.sql`select 1 from agreement_transitions`).toHaveLength(3)
  })

  test('one approves while another returns it: it ends once, and never approved', async () => {
    const id = await enter()
    await life.send(id, { legal, finance })
    const results = await Promise.allSettled([life.decide(id, legal), life.decide(id, finance, 'returned', 'Too dear')])
    expect(results[1].status).toBe('fulfilled')
    expect(await state(id)).toBe('negotiation')
    expect((await page(id)).rounds).toMatchObject([{ outcome: 'returned' }])
  })

  test('a return says why, and ends the round for all', async () => {
    const id = await enter()
    await life.send(id, { legal, finance })
    await expect(life.decide(id, legal, 'returned')).rejects.toMatchObject({
      problems: [{ path: 'note', code: 'required' }],
    })
    await life.decide(id, legal, 'returned', 'Clause 3 is missing')
    await expect(life.decide(id, finance)).rejects.toMatchObject({ code: 'transition_not_allowed' })
    await life.send(id, { legal, finance })
    expect((await page(id)).rounds.map(({ round, outcome }) => [round, outcome])).toEqual([
      [2, null],
      [1, 'returned'],
    ])
  })
})

test('in sequence each waits for those before, and the desk calls only whose turn it is', async () => {
  const id = await enter()
  await life.send(id, { finance, legal }, 'sequence')
  await expect(life.decide(id, finance)).rejects.toMatchObject({ code: 'transition_not_allowed' })
  expect(await waitingFor(db.database, legal.id)).toEqual([id])
  expect(await waitingFor(db.database, finance.id)).toEqual([])
  await life.decide(id, legal)
  expect(await waitingFor(db.database, finance.id)).toEqual([id])
  await life.decide(id, finance)
  expect(await state(id)).toBe('approved')
  expect(await waitingFor(db.database, finance.id)).toEqual([])
})

describe('a change of substance', () => {
  test.each([
    ['the title', { titles: { en: 'Something else', zh: '示例合作协议' } }],
    ['a party', { parties: [...sampleWords().parties].reverse() }],
    ['the value', { value: { amount: '1', currency: 'CNY' } }],
    ['the end', { ends: null }],
  ] as const)('%s voids the approval and takes it back to negotiation', async (_, changes) => {
    const id = await enter()
    await life.send(id, { legal })
    await life.decide(id, legal)
    await edit(id, changes)
    expect(await state(id)).toBe('negotiation')
    expect(await readStanding(db.database, id)).toMatchObject({ approval: 'none' })
    expect((await actions(id)).slice(0, 2)).toEqual(['void_approval', 'edit'])
    expect((await page(id)).rounds).toMatchObject([{ outcome: 'void' }])
  })

  test.each([
    ['the number', { reference: 'ANOTHER' }],
    ['a translation', { titles: { en: 'Sample cooperation on nothing at all', zh: '示例' } }],
    ['the fields', { fields: [] }],
    ['the visibility', { visibility: 'internal' }],
  ] as const)('%s is none', async (_, changes) => {
    const id = await enter()
    await life.send(id, { legal })
    await edit(id, changes)
    await life.decide(id, legal)
    expect(await state(id)).toBe('approved')
  })

  test('while reviewers decide leaves it in negotiation or approves nothing that was changed', async () => {
    const id = await enter()
    await life.send(id, { legal })
    const { version } = await life.read(id)
    await Promise.allSettled([edit(id, { ends: null }, version), life.decide(id, legal)])
    const standing = await readStanding(db.database, id)
    // Whichever came first: an approval stands for the words on record, or there is none.
    expect((await state(id)) === 'approved').toBe(standing.approval === 'stands')
    const record = await life.read(id)
    expect(record.words.ends === null).toBe(record.state === 'negotiation')
  })

  test('by a new draft on file is noticed at the next decision', async () => {
    const id = await enter()
    await life.send(id, { legal })
    await life.file(id, 'draft', 'zh')
    await life.decide(id, legal)
    expect(await state(id)).toBe('negotiation')
    expect((await actions(id))[0]).toBe('void_approval')
  })

  test('after signature leaves the approval as what it was', async () => {
    const id = await enter('signed')
    await edit(id, { titles: { en: 'Corrected', zh: '示例合作协议' } })
    expect(await state(id)).toBe('signed')
  })
})

describe('who reviews', () => {
  test('nobody what they recorded or send themselves', async () => {
    const id = await enter()
    const other = await sampleUser(context, 'other@example.org', 'agreement_officer', 'administrator')
    await expect(life.send(id, { legal: officer })).rejects.toMatchObject({ problems: [{ code: 'reviewer_own' }] })
    await expect(life.send(id, { legal: other }, 'parallel', other)).rejects.toMatchObject({
      problems: [{ code: 'reviewer_own' }],
    })
    await expect(life.send(id, { legal: officer }, 'parallel', other)).rejects.toMatchObject({
      problems: [{ code: 'reviewer_own' }],
    })
    await life.send(id, { legal: other })
    expect((await page(id)).candidates.map(({ name }) => name)).not.toContain('officer')
  })

  test('only those who may, each aspect once, and somebody', async () => {
    const id = await enter()
    const reader = await sampleUser(context, 'reader@example.org', 'reader')
    await expect(life.send(id, { legal: reader })).rejects.toMatchObject({ problems: [{ code: 'reviewer_unknown' }] })
    await expect(life.send(id, {})).rejects.toMatchObject({ problems: [{ path: 'reviewers' }] })
    await expect(life.send(id, { nonsense: legal })).rejects.toMatchObject({ problems: [{ code: 'unknown_choice' }] })
    await expect(life.send(id, { legal }, 'nonsense')).rejects.toMatchObject({ problems: [{ path: 'mode' }] })
    expect(await state(id)).toBe('negotiation')
  })

  test('a reviewer sees what is or was assigned, and nothing else', async () => {
    const [id, hidden] = [
      await enter(),
      await recordAgreement(context, officer, {
        token: newId(),
        words: sampleWords({ reference: null }),
        state: 'negotiation',
        holdsNoSecrets: true,
      }),
    ]
    expect(await readRecord(db.database, legal, id)).toBeUndefined()
    await expect(life.decide(hidden, legal)).rejects.toMatchObject({ code: 'not_found' })
    await life.send(id, { legal })
    expect(await readRecord(db.database, legal, id)).toBeDefined()
    expect(await readRecord(db.database, legal, hidden)).toBeUndefined()
    await life.decide(id, legal, 'returned', 'No')
    expect(await readRecord(db.database, legal, id)).toBeDefined()
  })

  test('nobody decides for another', async () => {
    const id = await enter()
    await life.send(id, { legal })
    const page_ = await page(id)
    const { decideReview } = await import('#features/reviews/commands.ts')
    const forged = { id, reviewId: page_.rounds[0]!.id, position: 0, token: newId(), decision: 'approved', note: '' }
    const other = await sampleUser(context, 'other@example.org', 'agreement_officer')
    await expect(decideReview(context, other, forged)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(decideReview(context, legal, { ...forged, token: newId(), reviewId: 'x' })).rejects.toMatchObject({
      code: 'transition_not_allowed',
    })
    await expect(decideReview(context, legal, { ...forged, token: newId(), decision: 'x' })).rejects.toMatchObject({
      problems: [{ path: 'decision' }],
    })
    expect(await state(id)).toBe('review')
  })
})

describe('sign-off from paper', () => {
  const signOff = async (id: string, documentId: string, changes = {}) =>
    recordSignOff(context, officer, {
      id,
      version: (await life.read(id)).version,
      token: newId(),
      authority: 'superior_body',
      formNumber: '云科外批〔2026〕3号',
      signedOn: '2026-01-10',
      documentId,
      ...changes,
    })

  test('counts instead of the review, for the content as it then stands', async () => {
    const id = await enter()
    await expect(life.move(id, 'sign_off')).rejects.toMatchObject({ problems: [{ path: 'sign-off' }] })
    await signOff(id, await life.file(id, 'sign_off'))
    await life.move(id, 'sign_off')
    expect(await state(id)).toBe('approved')
    await edit(id, { ends: null })
    expect(await state(id)).toBe('negotiation')
    expect((await page(id)).signOffs).toMatchObject([{ isVoid: true, stands: false }])
    await expect(life.move(id, 'sign_off')).rejects.toMatchObject({ code: 'transition_not_allowed' })
  })

  test('ends a review that is open', async () => {
    const id = await enter()
    await life.send(id, { legal })
    await signOff(id, await life.file(id, 'sign_off'))
    await life.move(id, 'sign_off')
    expect((await page(id)).rounds).toMatchObject([{ outcome: 'void' }])
    await expect(life.decide(id, legal)).rejects.toMatchObject({ code: 'transition_not_allowed' })
  })

  test('wants its proof, a day that has been, and an authority that exists', async () => {
    const id = await enter()
    const other = await recordAgreement(context, officer, {
      token: newId(),
      words: sampleWords({ reference: null }),
      state: 'negotiation',
      holdsNoSecrets: true,
    })
    const foreign = await life.file(other, 'sign_off')
    const changes = { authority: 'nobody', formNumber: '', signedOn: '2026-02-30' }
    await expect(signOff(id, foreign, changes)).rejects.toMatchObject({
      problems: [{ path: 'authority' }, { path: 'signedOn' }, { path: 'formNumber' }, { path: 'documentId' }],
    })
    await expect(signOff(id, await life.file(id, 'draft'))).rejects.toMatchObject({
      problems: [{ path: 'documentId' }],
    })
    expect((await page(id)).signOffs).toEqual([])
  })
})

test('sent twice, a decision is taken once', async () => {
  const id = await enter()
  await life.send(id, { legal, finance })
  const { decideReview } = await import('#features/reviews/commands.ts')
  const round = (await page(id)).rounds[0]!
  const position = round.parts.find((part) => part.userId === legal.id)!.position
  const step = { id, reviewId: round.id, position, token: newId(), decision: 'approved', note: '' }
  await Promise.all([decideReview(context, legal, step), decideReview(context, legal, step)])
  expect((await actions(id)).filter((action) => action === 'review_approved')).toHaveLength(1)
})
