import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { agreementReaders, agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { addDocument, addVersion, archiveDocument, type DocumentContext } from '#features/documents/commands.ts'
import { workOnDocuments } from '#features/documents/document-work.ts'
import type { DocumentWords } from '#features/documents/model.ts'
import { documentOptions, documentsOf, requireDocument } from '#features/documents/queries.ts'
import { signedLanguages } from '#features/documents/steps.ts'
import { sweepFiles } from '#features/documents/sweep.ts'
import { readHistory } from '#platform/audit/history.ts'
import type { AppContext } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import { openStorage } from '#platform/storage/open.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { sampleOpenXml, samplePdf } from '#tests/support/sample-files.ts'

type Staff = Extract<Actor, { kind: 'user' }>

const db = useDatabase()
let dataDir: string
let context: ReturnType<typeof testContext> & DocumentContext
let officer: Staff
let agreementId: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yunqiao-documents-'))
  context = { ...testContext(db), storage: await openStorage({ dataDir, bucket: undefined }) }
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  agreementId = await recordAgreement(context, officer, {
    holdsNoSecrets: true,
    token: newId(),
    words: sampleWords(),
    state: 'draft',
  })
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const words = (changes: Partial<DocumentWords> = {}): DocumentWords => ({
  kind: 'draft',
  title: '合作协议草案',
  language: 'zh',
  ...changes,
})
const staged = async (content: Buffer, name = 'draft.pdf') => ({
  ...(await context.storage.stage(Readable.from([content]))),
  name,
})

interface Sending {
  readonly actor?: Actor
  readonly token?: string
  readonly changes?: Partial<DocumentWords>
  readonly content?: Buffer
  readonly name?: string
}

const add = async ({ actor = officer, token = newId(), changes, content = samplePdf(), name }: Sending = {}) =>
  addDocument(context, actor, { agreementId, token, words: words(changes), file: await staged(content, name) })
const addTo = async (documentId: string, content: Buffer, actor: Actor = officer) =>
  addVersion(context, actor, { agreementId, documentId, token: newId(), file: await staged(content) })
const setArchived = (documentId: string, archived: boolean, actor: Actor = officer) =>
  archiveDocument(context, actor, { agreementId, documentId, token: newId(), archived })
const kept = async () => (await Array.fromAsync(context.storage.list())).map(({ sha256 }) => sha256)
const documents = () => documentsOf(db.database, officer, agreementId)

describe('adding', () => {
  test('a document is on record with its file, its hash and its history', async () => {
    const content = samplePdf()
    const id = await add({ content, name: 'C:\\papers\\合作 协议.pdf' })
    const [document] = await documents()
    expect(document).toMatchObject({ id, kind: 'draft', title: '合作协议草案', language: 'zh', archivedAt: undefined })
    expect(document?.versions).toMatchObject([
      {
        number: 1,
        fileName: 'C__papers_合作 协议.pdf',
        sizeBytes: content.length,
        mediaType: 'application/pdf',
        flags: [],
      },
    ])
    expect(document?.versions[0]?.uploader).toBe('officer')
    const [sha256 = ''] = await kept()
    expect(document?.versions[0]?.sha256).toBe(sha256)
    expect(await buffer(await context.storage.read(sha256))).toEqual(content)
    const [event] = await readHistory(db.database, { kind: 'agreement', id: agreementId }, 1)
    expect(event).toMatchObject({ action: 'document.add', actorId: officer.id })
    expect(event?.changes).toContainEqual({ field: 'document.sha256', before: null, after: sha256, erased: false })
  })

  test('what a file can do when it is opened is on record with it', async () => {
    await add({ content: sampleOpenXml('docm'), name: 'macros.docx' })
    const [document] = await documents()
    expect(document?.versions[0]).toMatchObject({
      fileName: 'macros.docx.docm',
      mediaType: 'application/vnd.ms-word.document.macroEnabled.12',
      flags: ['macros'],
    })
  })

  test('the same form sent many times at once adds one document, and the same answer comes back', async () => {
    const token = newId()
    const ids = await Promise.all(Array.from({ length: 5 }, () => add({ token })))
    expect(new Set(ids).size).toBe(1)
    expect(await documents()).toHaveLength(1)
    await expect(add({ token, content: samplePdf([], 'another') })).rejects.toMatchObject({ code: 'duplicate' })
    await expect(add({ token: 'forged' })).rejects.toMatchObject({ code: 'bad_request' })
  })

  test('one file in two documents is kept once', async () => {
    await add()
    await add({ changes: { title: 'The same again' } })
    expect(await documents()).toHaveLength(2)
    expect(await kept()).toHaveLength(1)
  })

  test('a file that is not what it says is refused, and nothing of it is kept or on record', async () => {
    const before = await readHistory(db.database, { kind: 'agreement', id: agreementId }, 10)
    for (const [content, code] of [
      [Buffer.from('MZ\x90'), 'file_executable'],
      [Buffer.from('<html>'), 'file_web_page'],
      [Buffer.from(''), 'file_empty'],
      [Buffer.from('words'), 'file_unknown_kind'],
    ] as const) {
      await expect(add({ content })).rejects.toMatchObject({
        code: 'invalid_input',
        problems: [{ path: 'file', code }],
      })
    }
    expect(await kept()).toEqual([])
    expect(await documents()).toEqual([])
    expect(await readHistory(db.database, { kind: 'agreement', id: agreementId }, 10)).toEqual(before)
  })
})

describe('versions', () => {
  test('are added to a document, and those before stay', async () => {
    const id = await add({ content: samplePdf([], 'one') })
    await addTo(id, samplePdf([], 'two'))
    const [document] = await documents()
    expect(document?.versions.map(({ number }) => number)).toEqual([2, 1])
    expect(await kept()).toHaveLength(2)
    await expect(addTo(id, samplePdf([], 'two'))).rejects.toMatchObject({
      problems: [{ path: 'file', code: 'file_same' }],
    })
    await addTo(id, samplePdf([], 'one'))
    expect((await documents())[0]?.versions).toHaveLength(3)
  })

  test('added at the same moment get numbers of their own', async () => {
    const id = await add()
    await Promise.all(['a', 'b', 'c', 'd'].map((letter) => addTo(id, samplePdf([], letter))))
    expect((await documents())[0]?.versions.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1])
  })

  test('are not added to an archived document, nor to one of another agreement', async () => {
    const id = await add()
    await setArchived(id, true)
    await expect(addTo(id, samplePdf([], 'late'))).rejects.toMatchObject({ code: 'gone' })
    const other = await recordAgreement(context, officer, {
      holdsNoSecrets: true,
      token: newId(),
      words: sampleWords({ reference: null }),
      state: 'draft',
    })
    const file = await staged(samplePdf([], 'strange'))
    await expect(
      addVersion(context, officer, { agreementId: other, documentId: id, token: newId(), file }),
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('archiving', () => {
  test('keeps the document, takes it out of what can be pointed to, and can be undone', async () => {
    const id = await add({ changes: { kind: 'signed_copy' } })
    expect(await documentOptions(db.database, officer, agreementId)).toEqual([
      { id, kind: 'signed_copy', title: words().title },
    ])
    expect(await signedLanguages(db.database, agreementId)).toEqual(['zh'])
    await setArchived(id, true)
    await setArchived(id, true)
    expect(await documentOptions(db.database, officer, agreementId)).toEqual([])
    expect(await signedLanguages(db.database, agreementId)).toEqual([])
    expect((await requireDocument(db.database, officer, agreementId, id)).archivedAt).toBeDefined()
    await setArchived(id, false)
    expect(await signedLanguages(db.database, agreementId)).toEqual(['zh'])
    const history = await readHistory(db.database, { kind: 'agreement', id: agreementId }, 10)
    expect(history.map(({ action }) => action).slice(0, 3)).toEqual([
      'document.restore',
      'document.archive',
      'document.add',
    ])
  })
})

test('the page says which authentic language has no signed copy yet, once one has', async () => {
  const unsigned = async () => {
    const visit = { actor: officer, form: undefined, resumed: false, agreementId, upload: undefined }
    const work = await workOnDocuments(context as unknown as AppContext, visit)
    return 'unsigned' in work ? work.unsigned : undefined
  }
  await db.database
    .update(agreements)
    .set({ authenticLanguages: ['zh', 'th'] })
    .where(eq(agreements.id, agreementId))
  expect(await unsigned()).toEqual([])
  await add({ changes: { kind: 'signed_copy' } })
  expect(await unsigned()).toEqual(['th'])
  await add({ changes: { kind: 'signed_copy', language: 'th' } })
  expect(await unsigned()).toEqual([])
})

describe('who may', () => {
  test('add and archive: officers and administrators, and nobody else', async () => {
    const id = await add()
    for (const role of ['reviewer', 'reader', 'editor', 'translator'] as const) {
      const actor = await sampleUser(context, `${role}@example.org`, role)
      await expect(add({ actor })).rejects.toMatchObject({ code: 'forbidden' })
      await expect(addTo(id, samplePdf([], 'x'), actor)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(setArchived(id, true, actor)).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(add({ actor: { kind: 'visitor' } })).rejects.toMatchObject({ code: 'sign_in_required' })
  })

  test('know of a confidential agreement’s documents: the people named alone', async () => {
    const id = await add()
    const other = await sampleUser(context, 'other@example.org', 'agreement_officer', 'administrator')
    expect(await documentsOf(db.database, other, agreementId)).toHaveLength(1)
    await db.database.update(agreements).set({ visibility: 'confidential' }).where(eq(agreements.id, agreementId))
    expect(await documentsOf(db.database, other, agreementId)).toEqual([])
    expect(await documentOptions(db.database, other, agreementId)).toEqual([])
    await expect(requireDocument(db.database, other, agreementId, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(add({ actor: other, content: samplePdf([], 'x') })).rejects.toMatchObject({ code: 'not_found' })
    await expect(addTo(id, samplePdf([], 'x'), other)).rejects.toMatchObject({ code: 'not_found' })
    await expect(setArchived(id, true, other)).rejects.toMatchObject({ code: 'not_found' })
    expect(await kept()).toHaveLength(1)
    await db.database.insert(agreementReaders).values({ agreementId, userId: other.id })
    expect(await documentsOf(db.database, other, agreementId)).toHaveLength(1)
  })
})

describe('sweeping', () => {
  const later = () => Temporal.Now.instant().add({ hours: 48 })

  test('removes what was kept and never recorded, and nothing else', async () => {
    await add()
    const [recorded] = await kept()
    const orphan = await staged(samplePdf([], 'an upload that was killed'))
    await context.storage.keep(orphan)
    await sweepFiles(context)
    expect(await kept()).toHaveLength(2)
    await sweepFiles(context, later())
    expect(await kept()).toEqual([recorded])
    expect(await readdir(join(dataDir, 'files/incoming'))).toEqual([])
  })

  test('waits for whoever is just recording the file', async () => {
    const content = samplePdf([], 'both at once')
    const orphan = await staged(content)
    await context.storage.keep(orphan)
    const [swept, added] = await Promise.allSettled([sweepFiles(context, later()), add({ content })])
    expect(swept.status).toBe('fulfilled')
    // Either the file was recorded and stays, or it was gone and the sender is asked to send it again.
    const isThere = await context.storage.has(orphan.sha256)
    expect(isThere).toBe(added.status === 'fulfilled')
    if (added.status === 'rejected') expect(added.reason).toMatchObject({ code: 'busy' })
  })
})
