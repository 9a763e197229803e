import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { agreementReaders, briefDocuments, userRoles, users } from '#db/schema/index.ts'
import type { StaffActor } from '#features/accounts/enter-office.ts'
import { findActor } from '#features/accounts/queries.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { nameReaders } from '#features/agreements/people-commands.ts'
import { chooseReport, reportFile } from '#features/briefs/office-download.ts'
import { briefFile } from '#features/briefs/files.ts'
import { findByFile } from '#features/issued-briefs/register.ts'
import { standingOf } from '#features/issued-briefs/standing.ts'
import { beginMaking, leaveMaking } from '#features/made-briefs/make.ts'
import { madeDownload } from '#features/made-briefs/made-work.ts'
import type { MakeContext } from '#features/made-briefs/maker.ts'
import { type MadeReport, requireMade } from '#features/made-briefs/orders.ts'
import { orderOwnReport } from '#features/register-reports/commands.ts'
import { narrowingsOf, ownReports, requireOwnReport } from '#features/register-reports/queries.ts'
import type { AppContext } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import { closeDocuments } from '#platform/pdf/document.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { openStorage } from '#platform/storage/open.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { pdftotextWhole } from '#tests/unit/platform/pdf/tools.ts'
import { pdfsig } from '#tests/unit/platform/signing/tools.ts'

const db = useDatabase()
const dataDir = mkdtempSync(path.join(tmpdir(), 'yunqiao-reports-'))
let context: AppContext & MakeContext
let clock: ReturnType<typeof testContext>['clock']
let owner: StaffActor
let others: Record<'administrator' | 'officer' | 'reader' | 'reviewer', StaffActor>

beforeEach(async () => {
  const made = testContext(db)
  clock = made.clock
  const storage = await openStorage({ dataDir, bucket: undefined })
  const config = { ...made.config, reportAtOnce: 2 }
  context = { ...made, config, storage, secretKey: config.secretKey } as unknown as AppContext & MakeContext
  owner = await sampleUser(context, 'owner@example.org', 'agreement_officer')
  others = {
    administrator: await sampleUser(context, 'administrator@example.org', 'administrator'),
    officer: await sampleUser(context, 'officer@example.org', 'agreement_officer'),
    reader: await sampleUser(context, 'reader@example.org', 'reader'),
    reviewer: await sampleUser(context, 'reviewer@example.org', 'reviewer'),
  }
  await record({ titles: { en: 'Of all the office' }, kind: 'framework_agreement' })
  await record({ titles: { en: 'Another kind' }, kind: 'technology_licence' })
  await record({ titles: { en: 'A third one' } })
  await record({ titles: { en: 'For few eyes' }, visibility: 'confidential' })
})

afterAll(() => closeDocuments())

const record = (changes: object) =>
  recordAgreement(context, owner, {
    token: newId(),
    words: sampleWords({ reference: null, ...changes }),
    state: 'in_force',
    holdsNoSecrets: true,
  })

const order = (actor: StaffActor, query = '', token = newId()) =>
  orderOwnReport(context, actor, { token, locale: 'en', search: new URLSearchParams(query) })

async function madeFor(actor: StaffActor, query = ''): Promise<MadeReport> {
  const code = await order(actor, query)
  await beginMaking(context)
  return requireOwnReport(context, actor, code)
}

async function bytesOf(made: MadeReport): Promise<Buffer> {
  const stream = await madeDownload(context, made, 'x').open()
  return Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>))
}

const notThere = { code: 'document_not_found', status: 404 }
const changed = { code: 'report_rights_changed', status: 403 }

describe('a report of the office that is too long to wait for', () => {
  test('is offered to be asked for, and its file refuses, saying where', async () => {
    const search = new URLSearchParams('visibility=x&with=my&sort=title')
    const choice = await chooseReport(context, owner, 'zh', search)
    expect(choice).toMatchObject({ size: undefined, long: { total: 4 } })
    const refused = await reportFile(context, owner, 'zh', search).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'report_to_order', params: { total: 4, href: choice.long?.action } })
    expect(choice.long?.action).toMatch(/^\/zh\/office\/agreements\/report\?with=my&/)
    const short = await chooseReport(context, owner, 'zh', new URLSearchParams('kind=technology_licence'))
    expect(short).toMatchObject({ long: undefined, size: { pages: 3 } })
  })

  test('is made of what its owner may see: signed, registered, marked as internal', async () => {
    const made = await madeFor(owner, 'in=my&with=zh')
    expect(made).toMatchObject({ state: 'ready', done: 4, total: 4, ownerId: owner.id, visitId: null })
    const pdf = await bytesOf(made)
    expect(pdfsig(pdf)).toMatch(/Total document signed[\s\S]*Signature is Valid/)
    const text = pdftotextWhole(pdf)
    for (const words of ['Of all the office', 'Another kind', 'A third one', 'For few eyes'])
      expect(text).toContain(words)
    for (const page of text.split('\f').slice(0, -1)) expect(page).toContain('保密资料')
    const issued = await findByFile(db.database, made.sha256 ?? '')
    if (issued === undefined) throw new Error('the report is not in the register')
    expect(issued).toMatchObject({ kind: 'register', isInternal: true, title: '', languages: ['my', 'zh'] })
    expect(issued.officeRecords).toHaveLength(4)
    expect(await standingOf(context, issued, 'en')).toEqual({ state: 'current' })
    await db.sql`update agreements set version = version + 1`
    expect(await standingOf(context, issued, 'en')).toEqual({ state: 'changed', changed: [], withdrawn: 0 })
  })

  test('is nobody else’s, whoever asks, and not the public’s', async () => {
    const made = await madeFor(owner)
    for (const actor of Object.values(others)) {
      await expect(requireOwnReport(context, actor, made.code)).rejects.toMatchObject(notThere)
      expect(await ownReports(context, actor)).toEqual([])
    }
    await expect(requireMade(context, made.code, 'register')).rejects.toMatchObject(notThere)
    await expect(requireMade(context, made.code, 'delegation')).rejects.toMatchObject(notThere)
    await expect(requireMade(context, made.code, 'register', { visitId: newId() })).rejects.toMatchObject(notThere)
    for (const code of ['', 'x', '0'.repeat(32), `${made.code}0`])
      await expect(requireOwnReport(context, owner, code)).rejects.toMatchObject(notThere)
    expect((await ownReports(context, owner)).map(({ code }) => code)).toEqual([made.code])
    const theirs = await madeFor(others.administrator)
    expect(theirs.total).toBe(3)
    expect(pdftotextWhole(await bytesOf(theirs))).not.toContain('For few eyes')
  })

  test('holds the list with all its filters, and says them', async () => {
    const query = 'q=kind&kind=technology_licence&kind=framework_agreement&state=in_force&confidential=no&sort=title'
    const made = await madeFor(owner, `${query}&page=7&size=20&view=timeline&order=asc`)
    expect(made.total).toBe(1)
    expect(Object.fromEntries(new URLSearchParams(made.order.query))).toEqual({
      ...{ q: 'kind', kind: 'framework_agreement', state: 'in_force', confidential: 'no', sort: 'title' },
    })
    const text = pdftotextWhole(await bytesOf(made))
    expect([text.includes('Another kind'), text.includes('A third one')]).toEqual([true, false])
    expect((await narrowingsOf(context, made, 'en'))?.length).toBeGreaterThanOrEqual(4)
    const every = Array.from({ length: 2000 }, (_, n) => `state=${['in_force', 'draft', 'signed'][n % 3]}`).join('&')
    expect((await madeFor(owner, every)).total).toBe(4)
    await expect(order(owner, 'state=nonsense')).rejects.toMatchObject({ code: 'bad_request' })
    await expect(order(owner, 'with=en&with=zh')).rejects.toMatchObject({ code: 'brief_languages' })
  })

  test('asked for twice while it is on its way is the same; later, the same file', async () => {
    const layOut = vi.fn(async (document: DocumentModel) => (await briefFile(document)).bytes)
    Object.assign(context, { layOut })
    const token = newId()
    const code = await order(owner, '', token)
    expect(await order(owner, '', token)).toBe(code)
    const asked = await Promise.all(['', 'page=2', 'size=100&sort=updated', ''].map((query) => order(owner, query)))
    expect(new Set([code, ...asked]).size).toBe(1)
    const different = [await order(owner, 'with=my'), await order(owner, 'sort=title'), await order(others.officer)]
    expect(new Set([code, ...different]).size).toBe(4)
    await db.database.update(briefDocuments).set({ state: 'making', workerAt: clock.now().toString() })
    expect(await order(owner)).toBe(code)
    await db.database.update(briefDocuments).set({ state: 'waiting', workerAt: null })
    await beginMaking(context)
    expect(layOut).toHaveBeenCalledTimes(4)
    const first = await requireOwnReport(context, owner, code)
    const again = await madeFor(owner)
    expect(again.code).not.toBe(code)
    expect(again.sha256).toBe(first.sha256)
    expect(layOut).toHaveBeenCalledTimes(4)
  })
})

describe('whoever may not see something any more', () => {
  const fails = async (code: string) => {
    await beginMaking(context)
    const [row] = await db.database.select().from(briefDocuments).where(eq(briefDocuments.code, code))
    expect(row).toMatchObject({ state: 'failed', failure: { code: changed.code }, sha256: null })
  }

  test('gets no report, disabled or without the right', async () => {
    const disabled = await order(owner)
    await db.database.update(users).set({ state: 'disabled' }).where(eq(users.id, owner.id))
    await fails(disabled)
    const without = await order(others.reader)
    await db.database.delete(userRoles).where(eq(userRoles.userId, others.reader.id))
    await fails(without)
    await expect(order(await again(others.reader))).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('gets one of what is left, where the rights became less before it was made', async () => {
    const code = await order(others.reader)
    await db.database.update(userRoles).set({ role: 'reviewer' }).where(eq(userRoles.userId, others.reader.id))
    await beginMaking(context)
    expect(await requireOwnReport(context, await again(others.reader), code)).toMatchObject({
      state: 'ready',
      total: 0,
    })
  })

  test('does not get the file that was made before', async () => {
    const id = await record({ titles: { en: 'Shown to the reader' }, visibility: 'confidential' })
    await nameReaders(context, owner, { id, version: 1, token: newId(), readers: [others.reader.id] })
    const made = await madeFor(others.reader)
    expect(pdftotextWhole(await bytesOf(made))).toContain('Shown to the reader')
    const named = and(eq(agreementReaders.agreementId, id), eq(agreementReaders.userId, others.reader.id))
    await db.database.delete(agreementReaders).where(named)
    await expect(requireOwnReport(context, others.reader, made.code)).rejects.toMatchObject(changed)
    const next = await madeFor(others.reader)
    expect(pdftotextWhole(await bytesOf(next))).not.toContain('Shown to the reader')
    await db.database.update(userRoles).set({ role: 'reviewer' }).where(eq(userRoles.userId, others.reader.id))
    await expect(requireOwnReport(context, await again(others.reader), next.code)).rejects.toMatchObject(changed)
  })

  async function again({ id }: StaffActor): Promise<StaffActor> {
    const actor = await findActor(db.database, id)
    if (actor?.kind !== 'user') throw new Error('nobody')
    return actor
  }
})

describe('a report on its way', () => {
  test('that fails says so, and can be asked for again', async () => {
    Object.assign(context, { layOut: () => Promise.reject(new Error('the disk is full')) })
    const failed = await madeFor(owner)
    expect(failed).toMatchObject({ state: 'failed', failure: { code: 'internal' }, done: 4, total: 4 })
    Object.assign(context, { layOut: undefined })
    const next = await madeFor(owner)
    expect(next).toMatchObject({ state: 'ready' })
    expect(next.code).not.toBe(failed.code)
  })

  test('whose maker died is made by another', async () => {
    const code = await order(owner)
    const now = clock.now()
    await db.database.update(briefDocuments).set({ state: 'making', workerAt: now.toString(), done: 3, total: 4 })
    await beginMaking(context)
    expect(await requireOwnReport(context, owner, code)).toMatchObject({ state: 'making', done: 3 })
    clock.set(now.add({ seconds: 61 }).toString())
    await beginMaking(context)
    expect(await requireOwnReport(context, owner, code)).toMatchObject({ state: 'ready', done: 4 })
  })

  test('is left to others by a process that ends, and made by whoever comes next', async () => {
    const begun = Promise.withResolvers<undefined>()
    const left = Promise.withResolvers<Uint8Array>()
    const layOut = () => {
      begun.resolve(undefined)
      return left.promise
    }
    Object.assign(context, { layOut })
    const code = await order(owner)
    void beginMaking(context)
    await begun.promise
    expect(await requireOwnReport(context, owner, code)).toMatchObject({ state: 'making' })
    const leaving = leaveMaking()
    left.reject(new Error('the thread was ended'))
    await leaving
    expect(await requireOwnReport(context, owner, code)).toMatchObject({ state: 'waiting', done: 0 })
    Object.assign(context, { layOut: undefined })
    await beginMaking(context)
    expect(await requireOwnReport(context, owner, code)).toMatchObject({ state: 'ready' })
  })
})
