import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { briefDocuments, storedFiles, vocabularies } from '#db/schema/index.ts'
import { briefFile } from '#features/briefs/files.ts'
import { orderVisitBrief } from '#features/delegations/commands.ts'
import { delegationDocument } from '#features/delegations/document.ts'
import { orderPublic } from '#features/delegations/orders.ts'
import { findByFile } from '#features/issued-briefs/register.ts'
import { standingOf } from '#features/issued-briefs/standing.ts'
import { beginMaking } from '#features/made-briefs/make.ts'
import { madeDownload } from '#features/made-briefs/made-work.ts'
import type { MakeContext } from '#features/made-briefs/maker.ts'
import { keptDays, madeFrom, requireMade, sweepMade } from '#features/made-briefs/orders.ts'
import { keepSelection } from '#features/selections/commands.ts'
import { emptyContents, type SelectionContents, type SelectionItem } from '#features/selections/model.ts'
import { changeOwn, readOwn } from '#features/selections/own.ts'
import { recordVisit } from '#features/visits/commands.ts'
import { removePerson, saveEntry, savePerson, saveTask } from '#features/visits/part-commands.ts'
import type { AppContext } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { closeDocuments } from '#platform/pdf/document.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { openStorage } from '#platform/storage/open.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { pdftotextWhole } from '#tests/unit/platform/pdf/tools.ts'
import { putAgreement, putLab, putPartner, takeBack, writeVocabulary } from '../portal/published.ts'

const db = useDatabase()
const dataDir = mkdtempSync(path.join(tmpdir(), 'yunqiao-briefs-'))
let context: AppContext & MakeContext
let clock: ReturnType<typeof testContext>['clock']
let host: string
let guest: string

beforeEach(async () => {
  const made = testContext(db)
  clock = made.clock
  const storage = await openStorage({ dataDir, bucket: undefined })
  context = { ...made, storage, secretKey: made.config.secretKey } as unknown as AppContext & MakeContext
  const { database } = db
  await writeVocabulary(database)
  const term = { zh: '专利', en: 'patent', th: 'สิทธิบัตร', vi: 'bằng sáng chế', my: 'မူပိုင်ခွင့်', unchecked: ['my'] }
  await database.insert(vocabularies).values({ kind: 'term', code: 'patent', position: 0, content: term })
  host = await putPartner(
    database,
    { names: { zh: '云南大学', en: 'Yunnan University' }, country: 'CN', side: 'yunnan' },
    { slug: 'host' },
  )
  guest = await putPartner(
    database,
    { names: { th: 'มหาวิทยาลัยเชียงใหม่', en: 'Chiang Mai University' } },
    { slug: 'guest' },
  )
  await putAgreement(
    database,
    {
      title: 'Memorandum of May',
      signed: '2020-05-06' as PartialDate,
      ends: '2027-05-05' as PartialDate,
      parties: [host, guest].map((partnerId) => ({ partnerId, names: {}, country: null, role: 'partner' })),
    },
    { slug: 'memorandum', partnerIds: [host, guest] },
  )
})

afterAll(() => closeDocuments())

const partner = (id: string): SelectionItem => ({ kind: 'partner', id })

async function selected(contents: Partial<SelectionContents>) {
  const { secret } = await changeOwn(context, undefined, {}, () => ({ ...emptyContents, ...contents }))
  const own = await readOwn(context, secret)
  if (own === undefined) throw new Error('nothing was selected')
  return own
}

async function madeOf(contents: Partial<SelectionContents>, locale: Locale = 'en') {
  const code = await orderPublic(context, await selected(contents), { locale, address: '192.0.2.1' })
  await beginMaking(context)
  return requireMade(context, code, 'delegation')
}

async function textOf(made: Awaited<ReturnType<typeof madeOf>>): Promise<string> {
  const stream = await madeDownload(context, made, 'x').open()
  return pdftotextWhole(Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>))).replaceAll(/\s+/gu, '')
}

const has = (text: string, ...words: string[]) => {
  for (const word of words) expect(text).toContain(word.replaceAll(/\s+/gu, ''))
}

test('a selection becomes a document: cover, contents, profiles, agreements, glossary', async () => {
  const made = await madeOf({ title: 'For Chiang Mai', items: [partner(guest), partner(host)], startsOn: '2026-05-04' })
  expect(made).toMatchObject({ state: 'ready', leftOut: 0, done: 3, total: 3 })
  expect(made.pages).toBeGreaterThanOrEqual(5)
  const text = await textOf(made)
  const t = translator('en')
  has(
    text,
    'For Chiang Mai',
    'Chiang Mai University',
    'Yunnan University',
    'Memorandum of May',
    t('delegations:glossary'),
    'patent',
    '专利',
  )
  expect(text.indexOf('ChiangMaiUniversity')).toBeLessThan(text.lastIndexOf('YunnanUniversity'))
})

test.each(locales)('in two languages, %s on the left, with the names of both', async (locale) => {
  const other = locale === 'zh' ? 'th' : 'zh'
  const made = await madeOf({ items: [partner(guest)], firstLanguage: locale, secondLanguage: other })
  const text = await textOf(made)
  has(text, translator(locale)('delegations:glossary'), translator(other)('delegations:glossary'), '专利')
})

test('what was withdrawn is left out, with a line that says so', async () => {
  const lab = await putLab(db.database, { name: 'Gone laboratory' }, { slug: 'gone' })
  await takeBack(db.database, 'lab', lab)
  const items: SelectionItem[] = [
    partner(guest),
    { kind: 'lab', id: lab },
    { kind: 'country', id: 'ZZ' },
    partner(newId()),
  ]
  const made = await madeOf({ items })
  expect(made).toMatchObject({ state: 'ready', leftOut: 3 })
  const text = await textOf(made)
  has(text, translator('en')('delegations:left_out', { count: 3, n: '3' }))
  expect(text).not.toContain('Gonelaboratory')
})

test('the same words are laid out once; a title in a script that no face has is printed by its codes', async () => {
  const layOut = vi.fn(async (document: DocumentModel) => (await briefFile(document)).bytes)
  Object.assign(context, { layOut })
  const one = await madeOf({ title: 'Ａ 𓀀 ᠮᠣ', items: [partner(guest)] })
  const two = await madeOf({ title: 'Ａ 𓀀 ᠮᠣ', items: [partner(guest)] })
  expect(one.code).not.toBe(two.code)
  expect(one.sha256).toBe(two.sha256)
  expect(layOut).toHaveBeenCalledTimes(1)
  has(await textOf(two), 'U+13000')
})

test('the same words again after a change and its undoing: the same file, which its page calls current once more', async () => {
  const items = [partner(guest)]
  const made = await madeOf({ items })
  const standing = async () => {
    const issued = await findByFile(db.database, made.sha256 ?? '')
    if (issued === undefined) throw new Error('the brief is not in the register')
    return standingOf(context, issued, 'en')
  }
  const republish = (en: string) => {
    const names = { th: 'มหาวิทยาลัยเชียงใหม่', en }
    return putPartner(db.database, { names }, { slug: 'guest', recordId: guest })
  }
  await republish('Renamed University')
  expect(await standing()).toMatchObject({ state: 'changed', changed: [{ name: { value: 'Renamed University' } }] })
  await republish('Chiang Mai University')
  expect(await standing()).toMatchObject({ state: 'changed' })
  const again = await madeOf({ items })
  expect(again.sha256).toBe(made.sha256)
  expect(await standing()).toEqual({ state: 'current' })
})

test('a file that is kept for other words than those in the register is made anew', async () => {
  const one = await madeOf({ title: 'One', items: [partner(guest)] })
  const other = await madeOf({ title: 'Other', items: [partner(guest)] })
  await db.database.update(briefDocuments).set({ sha256: other.sha256 }).where(eq(briefDocuments.code, one.code))
  const again = await madeOf({ title: 'One', items: [partner(guest)] })
  expect(again.sha256).toBe(one.sha256)
})

test('what fails is told, and what was left half-way is taken up by whoever comes next', async () => {
  Object.assign(context, { layOut: () => Promise.reject(new Error('the disk is full')) })
  expect(await madeOf({ items: [partner(guest)] })).toMatchObject({ state: 'failed', failure: { code: 'internal' } })
  Object.assign(context, { layOut: undefined })
  const code = await orderPublic(context, await selected({ items: [partner(guest)] }), {
    locale: 'en',
    address: '192.0.2.1',
  })
  const now = clock.now()
  await db.database.update(briefDocuments).set({ state: 'making', workerAt: now.toString() })
  await beginMaking(context)
  expect(await requireMade(context, code, 'delegation')).toMatchObject({ state: 'making' })
  clock.set(now.add({ seconds: 61 }).toString())
  await beginMaking(context)
  expect(await requireMade(context, code, 'delegation')).toMatchObject({ state: 'ready' })
})

test('many that are asked for at once are all made, each by one', async () => {
  const layOut = vi.fn(async (document: DocumentModel) => (await briefFile(document)).bytes)
  Object.assign(context, { layOut })
  const own = await Promise.all([1, 2, 3, 4, 5].map((at) => selected({ title: `No. ${at}`, items: [partner(guest)] })))
  const ask = { locale: 'en', address: '192.0.2.1' } as const
  const codes = await Promise.all(own.map((one) => orderPublic(context, one, ask)))
  await Promise.all([beginMaking(context), beginMaking(context), beginMaking(context)])
  for (const code of codes) expect(await requireMade(context, code, 'delegation')).toMatchObject({ state: 'ready' })
  expect(layOut).toHaveBeenCalledTimes(5)
})

test('foreign, malformed and expired codes find nothing; what is over goes, with its file’s record', async () => {
  const made = await madeOf({ items: [partner(guest)] })
  for (const wrong of ['', 'x', '0'.repeat(32), `${made.code}0`]) {
    await expect(requireMade(context, wrong, 'delegation')).rejects.toMatchObject({ code: 'document_not_found' })
  }
  await expect(orderPublic(context, await selected({}), { locale: 'en', address: 'x' })).rejects.toMatchObject({
    code: 'selection_empty',
  })
  clock.set(
    clock
      .now()
      .add({ hours: 24 * keptDays + 1 })
      .toString(),
  )
  await expect(requireMade(context, made.code, 'delegation')).rejects.toMatchObject({ code: 'document_not_found' })
  await sweepMade(context)
  expect(await db.database.select().from(briefDocuments)).toEqual([])
  expect(await db.database.select().from(storedFiles)).toEqual([])
})

test('only so many documents are made for one network', async () => {
  const own = await selected({ items: [partner(guest)] })
  const orders = Array.from({ length: 31 }, () => orderPublic(context, own, { locale: 'en', address: '192.0.2.9' }))
  const settled = await Promise.allSettled(orders)
  expect(settled.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'too_many_attempts' } },
  ])
  await db.database.delete(briefDocuments)
})

test('a visit’s brief has the people, the programme and the agreements of both sides, and nothing that is the office’s own', async () => {
  const officer = await sampleUser(testContext(db), 'officer@example.org', 'agreement_officer')
  const contents = { ...emptyContents, items: [partner(guest)] }
  const kept = await keepSelection(context, officer, { token: newId(), name: 'Guests of May', contents })
  const values = {
    ...{ 'title.th': 'คณะผู้แทนเดือนพฤษภาคม', 'title.zh': '五月代表团', 'delegation.th': 'คณะผู้บริหาร', 'place.zh': '昆明' },
    ...{ startsOn: '2026-05-04', endsOn: '2026-05-06', first: 'th', second: 'zh', 'host.0': host, 'guest.0': guest },
    ...{ notes: 'secret remark', 'preparation.zh': '会议室\n茶歇' },
  }
  const visitId = await recordVisit(context, officer, {
    token: newId(),
    typed: { values, keep: [] },
    selections: [kept],
  })
  const part = { visitId, id: undefined, version: 0 }
  const person = {
    side: 'guest',
    rank: '1',
    'name.th': 'สมชาย ใจดี',
    'name.zh': '颂猜',
    'name.my': 'ဆွမ်ချိုင်',
    ...{ 'address.th': 'ดร.', 'address.zh': '教授', 'address.my': 'ဒေါက်တာ' },
    email: 'somchai@example.org',
  }
  await savePerson(context, officer, { ...part, token: newId(), typed: { values: person, keep: [] } })
  const entry = {
    day: '2026-05-05',
    startsAt: '09:30',
    endsAt: '10:45',
    'what.th': 'ประชุมทวิภาคี',
    'what.zh': '双边会谈',
  }
  await saveEntry(context, officer, { ...part, token: newId(), typed: { values: entry, keep: [] } })
  await saveTask(context, officer, { ...part, token: newId(), typed: { values: { what: 'secret task' }, keep: [] } })

  const token = newId()
  const code = await orderVisitBrief(context, officer, { id: visitId, token })
  expect(await orderVisitBrief(context, officer, { id: visitId, token })).toBe(code)
  await beginMaking(context)
  await expect(requireMade(context, code, 'delegation')).rejects.toMatchObject({ code: 'document_not_found' })
  await expect(requireMade(context, code, 'delegation', { visitId: newId() })).rejects.toMatchObject({
    code: 'document_not_found',
  })
  const made = await requireMade(context, code, 'delegation', { visitId })
  expect(made).toMatchObject({ state: 'ready', order: { languages: ['th', 'zh'] } })
  expect(await madeFrom(context, { visitId })).toHaveLength(1)
  const text = await textOf(made)
  has(
    text,
    'คณะผู้แทนเดือนพฤษภาคม',
    '五月代表团',
    'สมชาย ใจดี',
    '颂猜 · 教授',
    'ဆွမ်ချိုင် · ဒေါက်တာ',
    'somchai@example.org',
    '双边会谈',
    '09:30–10:45',
  )
  has(
    text,
    'Memorandum of May',
    '云南大学',
    '会议室',
    '昆明',
    translator('zh')('delegations:between'),
    translator('th')('delegations:contacts'),
  )
  expect(text).not.toContain('secret')

  const issued = await findByFile(db.database, made.sha256 ?? '')
  if (issued === undefined) throw new Error('the brief of the visit is not in the register')
  expect(issued).toMatchObject({ kind: 'delegation', isInternal: true, title: '' })
  const standing = () => standingOf(context, issued, 'th')
  await saveTask(context, officer, { ...part, token: newId(), typed: { values: { what: 'another task' }, keep: [] } })
  expect(await standing()).toEqual({ state: 'current' })
  const more = { ...person, rank: '2', 'name.th': 'สมหญิง ใจดี' }
  const added = await savePerson(context, officer, { ...part, token: newId(), typed: { values: more, keep: [] } })
  expect(await standing()).toEqual({ state: 'changed', changed: [], withdrawn: 0 })
  // Who came and went again was there: the brief was checked against a visit that has moved on.
  await removePerson(context, officer, { visitId, id: added, token: newId() })
  expect(await standing()).toEqual({ state: 'changed', changed: [], withdrawn: 0 })
  // Asked for again it says the same: the same file, and current.
  const next = await orderVisitBrief(context, officer, { id: visitId, token: newId() })
  await beginMaking(context)
  expect((await requireMade(context, next, 'delegation', { visitId })).sha256).toBe(made.sha256)
  const confirmed = await findByFile(db.database, made.sha256 ?? '')
  expect(confirmed && (await standingOf(context, confirmed, 'th'))).toEqual({ state: 'current' })
})

test('a document of five hundred items is put together', async () => {
  const items = Array.from({ length: 500 }, (_, at) => (at % 2 === 0 ? partner(newId()) : partner(guest)))
  const order = {
    kind: 'delegation',
    title: 'x',
    startsOn: null,
    endsOn: null,
    languages: ['en', 'zh'],
    items,
  } as const
  const told: number[] = []
  const { document, leftOut } = await delegationDocument(context, order, undefined, (done) => told.push(done))
  expect(leftOut).toBe(250)
  expect(told.at(-1)).toBe(250)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(document.blocks.length).toBeGreaterThan(250 * 4)
})
