import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { agreementTexts, publications } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { editAgreement, recordAgreement } from '#features/agreements/commands.ts'
import { moveAgreement } from '#features/agreements/move-commands.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import { readRecord } from '#features/agreements/record.ts'
import { readHistory } from '#platform/audit/history.ts'
import { sealAudit } from '#platform/audit/seal.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { lifecycleOf } from '#tests/support/lifecycle.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})

/** Words whose responsible officer is the one who records them, as it is when nobody is named. */
const ownWords = (changes: Partial<AgreementWords> = {}) => sampleWords({ officerId: officer.id, ...changes })
const record = (words: AgreementWords = ownWords(), state = 'draft', token = newId()) =>
  recordAgreement(context, officer, { holdsNoSecrets: true, token, words, state })
const read = async (id: string) => (await readRecord(db.database, officer, id))!
const countAgreements = async () => (await db.sql`select 1 from agreements`).length

describe('recording', () => {
  test('what was recorded is read back, with its history', async () => {
    const words = ownWords({ summaries: { en: 'One.\n\nTwo.' } })
    const id = await record(words)
    expect(await read(id)).toMatchObject({ state: 'draft', version: 1, words, createdBy: officer.id })
    const [event] = await readHistory(db.database, { kind: 'agreement', id }, 10)
    expect(event).toMatchObject({ action: 'agreement.record', actorId: officer.id })
    expect(event?.changes).toContainEqual({ field: 'value', before: null, after: words.value, erased: false })
    await sealAudit(db.database, context.clock)
    expect(await verifyAudit(db.database)).toMatchObject({ unsealed: 0, breaks: [] })
  })

  test('a form sent many times at once records one agreement and gives everybody the same answer', async () => {
    const token = newId()
    const ids = await Promise.all(Array.from({ length: 8 }, () => record(ownWords(), 'draft', token)))
    expect(new Set(ids).size).toBe(1)
    expect(await countAgreements()).toBe(1)
    expect(await record(ownWords(), 'draft', token)).toBe(ids[0])
  })

  test('a step that failed can be sent again with the same token', async () => {
    await record()
    const token = newId()
    await expect(record(ownWords(), 'draft', token)).rejects.toMatchObject({
      problems: [{ path: 'reference', code: 'reference_taken' }],
    })
    await record(ownWords({ reference: null }), 'draft', token)
    expect(await countAgreements()).toBe(2)
  })

  test('a token is one person’s, for one action', async () => {
    const token = newId()
    await record(ownWords(), 'draft', token)
    const other = await sampleUser(context, 'other@example.org', 'agreement_officer')
    await expect(
      recordAgreement(context, other, { holdsNoSecrets: true, token, words: ownWords(), state: 'draft' }),
    ).rejects.toMatchObject({ code: 'bad_request' })
    await expect(record(ownWords(), 'draft', 'no token')).rejects.toMatchObject({ code: 'bad_request' })
  })

  test('two spellings of one number collide, even at the same moment', async () => {
    const results = await Promise.allSettled([record(), record(ownWords({ reference: '云科合 [2026] 12号' }))])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await countAgreements()).toBe(1)
  })

  test('an old agreement is entered as it is; a state that rests on a review here or is invented is refused', async () => {
    const id = await record(ownWords({ signed: null }), 'expired')
    expect((await read(id)).state).toBe('expired')
    expect((await readHistory(db.database, { kind: 'agreement', id }, 1))[0]?.action).toBe('agreement.enter')
    for (const state of ['review', 'approved', 'constructor', '']) {
      await expect(record(ownWords({ reference: null }), state)).rejects.toMatchObject({
        problems: [{ path: 'state' }],
      })
    }
  })
})

describe('editing', () => {
  const edit = (id: string, version: number, words: AgreementWords, who: Actor = officer) =>
    editAgreement(context, who, { id, version, token: newId(), words })

  test('changes are written with who changed what', async () => {
    const id = await record()
    const words = ownWords({ titles: { en: 'Another title', th: 'ชื่ออื่น' }, value: null })
    await edit(id, 1, words)
    expect(await read(id)).toMatchObject({ version: 2, words })
    const [event] = await readHistory(db.database, { kind: 'agreement', id }, 1)
    expect(event?.changes.map(({ field }) => field).sort()).toEqual([
      'title.en',
      'title.th',
      'title.zh',
      'value',
      'version',
    ])
  })

  test('of two editors the second is refused, and nothing is lost', async () => {
    const id = await record()
    const first = ownWords({ reference: 'FIRST' })
    const second = ownWords({ reference: 'SECOND' })
    const results = await Promise.allSettled([edit(id, 1, first), edit(id, 1, second)])
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(1)
    expect(refused[0]?.reason).toMatchObject({ code: 'stale_version', params: { version: 2 } })
    expect(['FIRST', 'SECOND']).toContain((await read(id)).words.reference)
  })

  test('saving without a change writes nothing', async () => {
    const id = await record()
    await edit(id, 1, ownWords())
    expect((await read(id)).version).toBe(1)
    expect(await readHistory(db.database, { kind: 'agreement', id }, 10)).toHaveLength(1)
  })

  test('a translation that is left alone while its source changes keeps the hash of the old one', async () => {
    const id = await record()
    const hashOf = async () =>
      (await db.database.select().from(agreementTexts).where(eq(agreementTexts.locale, 'zh')))[0]?.titleSourceHash
    const old = await hashOf()
    await edit(id, 1, ownWords({ titles: { en: 'Changed', zh: '示例合作协议' } }))
    expect(await hashOf()).toBe(old)
    await edit(id, 2, ownWords({ titles: { en: 'Changed', zh: '改后的协议' } }))
    expect(await hashOf()).not.toBe(old)
    const revisions = await db.sql<{ value: string }[]>`select value from text_revisions order by id`
    expect(revisions.map(({ value }) => value)).toEqual(['Sample cooperation on nothing at all', '示例合作协议'])
  })

  test('what brought an agreement to its state cannot be taken away again', async () => {
    const id = await record(ownWords(), 'in_force')
    await expect(edit(id, 1, ownWords({ signed: null, parties: [] }))).rejects.toMatchObject({
      problems: [
        { path: 'parties', code: 'needed_for_state' },
        { path: 'signed', code: 'needed_for_state' },
      ],
    })
    expect((await read(id)).words).toEqual(ownWords())
  })
})

describe('the lifecycle', () => {
  const move = (id: string, version: number, transition: string, note = '') =>
    moveAgreement(context, officer, { id, version, token: newId(), transition, note })

  test('step by step from a draft to its end', async () => {
    const id = await record()
    const legal = await sampleUser(context, 'legal@example.org', 'reviewer')
    const life = lifecycleOf(context, officer)
    await expect(life.move(id, 'negotiate')).rejects.toMatchObject({ problems: [{ path: 'negotiation' }] })
    await life.clear(id, 'negotiation')
    await life.move(id, 'negotiate')
    await life.send(id, { legal })
    await life.decide(id, legal)
    await expect(life.move(id, 'sign')).rejects.toMatchObject({
      problems: [{ path: 'signature' }, { path: 'signatures' }, { path: 'documents' }],
    })
    await life.clear(id, 'signature')
    await life.sign(id)
    await life.file(id, 'signed_copy', 'en')
    await life.move(id, 'sign')
    await life.move(id, 'take_effect')
    await life.move(id, 'suspend', 'A flood')
    await life.move(id, 'resume', 'It is over')
    await life.move(id, 'complete')
    expect((await read(id)).state).toBe('completed')
    const steps = await db.sql<{ transition: string }[]>`select transition from agreement_transitions order by id`
    expect(steps.map((step) => step.transition)).toEqual([
      ...['draft', 'negotiate', 'send_to_review', 'approve', 'sign', 'take_effect', 'suspend', 'resume', 'complete'],
    ])
  })

  test('what the table does not allow is refused, and changes nothing', async () => {
    const id = await record()
    for (const name of [
      'sign',
      'complete',
      'enter',
      'draft',
      'send_to_review',
      'approve',
      'void_approval',
      'constructor',
      'nonsense',
    ]) {
      await expect(move(id, 1, name)).rejects.toMatchObject({ code: 'transition_not_allowed' })
    }
    await expect(move(id, 2, 'negotiate')).rejects.toMatchObject({ code: 'stale_version' })
    expect(await read(id)).toMatchObject({ state: 'draft', version: 1 })
    expect(await readHistory(db.database, { kind: 'agreement', id }, 10)).toHaveLength(1)
  })

  test('what is missing is named', async () => {
    const id = await record(ownWords({ effective: '2031' as PartialDate, ends: null }), 'signed')
    await expect(move(id, 1, 'take_effect')).rejects.toMatchObject({ problems: [{ path: 'effective' }] })
    await expect(move(id, 1, 'terminate')).rejects.toMatchObject({ problems: [{ path: 'note', code: 'required' }] })
    await move(id, 1, 'terminate', 'No longer wanted')
    expect((await read(id)).state).toBe('terminated')
  })

  test('two people moving one agreement: one does', async () => {
    const id = await record()
    const results = await Promise.allSettled([move(id, 1, 'withdraw', 'one'), move(id, 1, 'withdraw', 'another')])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await db.sql`select 1 from agreement_transitions`).toHaveLength(2)
  })
})

test('who may not is refused before anything is looked at', async () => {
  const id = await record()
  const reader = await sampleUser(context, 'reader@example.org', 'reader')
  const translator = await sampleUser(context, 'translator@example.org', 'translator')
  for (const actor of [reader, translator]) {
    await expect(
      recordAgreement(context, actor, { holdsNoSecrets: true, token: newId(), words: ownWords(), state: 'draft' }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      moveAgreement(context, actor, { id, version: 1, token: newId(), transition: 'negotiate', note: '' }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  }
  expect(await readRecord(db.database, translator, id)).toBeUndefined()
  expect(await readRecord(db.database, { kind: 'visitor' }, id)).toBeUndefined()
  expect(await readRecord(db.database, reader, id)).toBeDefined()
  expect(await db.database.select().from(publications)).toEqual([])
})
