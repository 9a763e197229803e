import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { agreementReaders, agreements, users } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { markSeen, writeNote } from '#features/notes/commands.ts'
import { colleaguesOf, mentionsFor, notesOf } from '#features/notes/queries.ts'
import { readHistory } from '#platform/audit/history.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

type Staff = Extract<Actor, { kind: 'user' }>

const db = useDatabase()
let context: ReturnType<typeof testContext>
let officer: Staff
let reader: Staff
let agreementId: string

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  reader = await sampleUser(context, 'reader@example.org', 'reader')
  agreementId = await recordAgreement(context, officer, {
    holdsNoSecrets: true,
    token: newId(),
    words: sampleWords(),
    state: 'draft',
  })
})

const write = (body: string, mentions: readonly string[] = [], actor: Actor = officer, token = newId()) =>
  writeNote(context, actor, { agreementId, token, draft: { body, mentions, keep: [] } })
const makeConfidential = () =>
  db.database.update(agreements).set({ visibility: 'confidential' }).where(eq(agreements.id, agreementId))

test('a note is read by whoever may see the agreement, and found by whom it mentions', async () => {
  const id = await write('  The Thai side asks for a later date.\n\n\n\nPlease call. ', [reader.id])
  const [note] = await notesOf(db.database, reader, agreementId)
  expect(note).toMatchObject({ id, author: 'officer', body: 'The Thai side asks for a later date.\n\nPlease call.' })
  expect(note?.mentions).toEqual([{ userId: reader.id, name: 'reader', seen: false }])
  expect(await mentionsFor(db.database, reader)).toMatchObject([{ noteId: id, agreementId, author: 'officer' }])
  expect(await mentionsFor(db.database, officer)).toEqual([])
  const [event] = await readHistory(db.database, { kind: 'agreement', id: agreementId }, 1)
  expect(event).toMatchObject({ action: 'note.write', actorId: officer.id })
  expect(event?.changes).toContainEqual({ field: 'note.mentions', before: null, after: ['reader'], erased: false })
})

test('what was seen is marked once, by the person mentioned alone', async () => {
  const id = await write('Look at this', [reader.id])
  await expect(markSeen(context, officer, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(markSeen(context, reader, 'nothing')).rejects.toMatchObject({ code: 'not_found' })
  await markSeen(context, reader, id)
  await markSeen(context, reader, id)
  expect(await mentionsFor(db.database, reader)).toEqual([])
  expect((await notesOf(db.database, officer, agreementId))[0]?.mentions[0]?.seen).toBe(true)
  expect(await readHistory(db.database, { kind: 'note', id }, 10)).toHaveLength(1)
})

test('colleagues are those who may see the agreement: not the disabled, not other roles, of a confidential one the named', async () => {
  await sampleUser(context, 'editor@example.org', 'editor')
  const left = await sampleUser(context, 'left@example.org', 'reader')
  await db.database.update(users).set({ state: 'disabled' }).where(eq(users.id, left.id))
  const names = async () => (await colleaguesOf(db.database, agreementId)).map(({ name }) => name)
  expect(await names()).toEqual(['officer', 'reader'])
  await makeConfidential()
  expect(await names()).toEqual(['officer'])
  await db.database.insert(agreementReaders).values({ agreementId, userId: reader.id })
  expect(await names()).toEqual(['officer', 'reader'])
  expect(await colleaguesOf(db.database, newId())).toEqual([])
  expect(await colleaguesOf(db.database, 'nothing')).toEqual([])
})

test('nobody is mentioned who may not see the agreement, and nothing is written then', async () => {
  const editor = await sampleUser(context, 'editor@example.org', 'editor')
  for (const stranger of [editor.id, newId(), 'nobody']) {
    await expect(write('x', [stranger])).rejects.toMatchObject({
      problems: [{ path: 'mentions', code: 'mention_cannot_see' }],
    })
  }
  await expect(write('  ')).rejects.toMatchObject({ problems: [{ path: 'body', code: 'required' }] })
  await expect(write('x'.repeat(5001))).rejects.toMatchObject({ problems: [{ path: 'body', code: 'too_long' }] })
  expect(await notesOf(db.database, officer, agreementId)).toEqual([])
})

test('mentions of an agreement that became confidential are out of sight, and so are its notes', async () => {
  const id = await write('For both of us', [reader.id])
  await makeConfidential()
  expect(await mentionsFor(db.database, reader)).toEqual([])
  expect(await notesOf(db.database, reader, agreementId)).toEqual([])
  expect((await notesOf(db.database, officer, agreementId)).map((note) => note.id)).toEqual([id])
})

test('readers read and do not write; nobody writes on what they may not see', async () => {
  await expect(write('x', [], reader)).rejects.toMatchObject({ code: 'forbidden' })
  await makeConfidential()
  const other = await sampleUser(context, 'other@example.org', 'agreement_officer')
  await expect(write('x', [], other)).rejects.toMatchObject({ code: 'not_found' })
})

test('a note sent twice is written once', async () => {
  const token = newId()
  const ids = await Promise.all([write('once', [], officer, token), write('once', [], officer, token)])
  expect(new Set(ids).size).toBe(1)
  await expect(write('something else', [], officer, token)).rejects.toMatchObject({ code: 'duplicate' })
  expect(await notesOf(db.database, officer, agreementId)).toHaveLength(1)
})
