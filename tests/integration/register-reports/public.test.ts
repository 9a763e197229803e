import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { briefDocuments } from '#db/schema/index.ts'
import { chooseBrief } from '#features/briefs/choice.ts'
import { publicBriefFile } from '#features/briefs/download.ts'
import { findByFile } from '#features/issued-briefs/register.ts'
import { beginMaking } from '#features/made-briefs/make.ts'
import { madeDownload } from '#features/made-briefs/made-work.ts'
import type { MakeContext } from '#features/made-briefs/maker.ts'
import { keptDays, requireMade } from '#features/made-briefs/orders.ts'
import { orderPublicReport } from '#features/register-reports/orders.ts'
import { narrowingsOf } from '#features/register-reports/queries.ts'
import type { AppContext } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import { closeDocuments } from '#platform/pdf/document.ts'
import { openStorage } from '#platform/storage/open.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { pdftotextWhole } from '#tests/unit/platform/pdf/tools.ts'
import { putAgreement, writeVocabulary } from '../portal/published.ts'

const db = useDatabase()
const dataDir = mkdtempSync(path.join(tmpdir(), 'yunqiao-reports-'))
let context: AppContext & MakeContext
let clock: ReturnType<typeof testContext>['clock']

beforeEach(async () => {
  const made = testContext(db)
  clock = made.clock
  const storage = await openStorage({ dataDir, bucket: undefined })
  const config = { ...made.config, reportAtOnce: 2 }
  context = { ...made, config, storage, secretKey: config.secretKey } as unknown as AppContext & MakeContext
  await writeVocabulary(db.database)
  for (const [slug, country] of [
    ['one', 'TH'],
    ['two', 'TH'],
    ['three', 'TH'],
    ['four', 'VN'],
  ] as const)
    await putAgreement(db.database, { title: `Number ${slug}` }, { slug, countries: [country, 'CN'] })
})

afterAll(() => closeDocuments())

const order = (query = '', address = '192.0.2.1') =>
  orderPublicReport(context, { locale: 'en', address, search: new URLSearchParams(query) })

const register = { segment: 'register', slug: 'all' }

test('is offered to be asked for, and its file refuses, saying where; a short one is made at once', async () => {
  const search = new URLSearchParams('country=TH&with=my')
  const choice = await chooseBrief(context, 'zh', register, search)
  if ('movedTo' in choice) throw new Error('the register moves')
  expect(choice).toMatchObject({ size: undefined, long: { total: 3, action: '/zh/briefs/report?with=my&country=TH' } })
  await expect(publicBriefFile(context, 'zh', register, search)).rejects.toMatchObject({
    code: 'report_to_order',
    params: { total: 3, href: '/zh/briefs/register/all?with=my&country=TH' },
  })
  const short = new URLSearchParams('country=VN')
  expect(await chooseBrief(context, 'zh', register, short)).toMatchObject({ long: undefined, size: { pages: 3 } })
  expect(await publicBriefFile(context, 'zh', register, short)).toHaveProperty('bytes')
})

test('is found by its code by whoever has it, and is the same for everybody who asks meanwhile', async () => {
  const codes = await Promise.all([
    order('country=TH'),
    order('country=TH&page=3&q=x', '192.0.2.2'),
    order('country=TH'),
  ])
  expect(new Set(codes).size).toBe(1)
  expect(await order('country=TH&with=zh')).not.toBe(codes[0])
  await beginMaking(context)
  const made = await requireMade(context, codes[0], 'register')
  expect(made).toMatchObject({ state: 'ready', done: 3, total: 3, ownerId: null })
  const stream = await madeDownload(context, made, 'x').open()
  const text = pdftotextWhole(Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>)))
  expect([text.includes('Number three'), text.includes('Number four')]).toEqual([true, false])
  expect(await narrowingsOf(context, made, 'en')).toEqual(['Country: Thailand'])
  const issued = await findByFile(db.database, made.sha256 ?? '')
  expect(issued).toMatchObject({
    kind: 'register',
    isInternal: false,
    recipe: { kind: 'register', search: 'country=TH' },
  })
  expect(issued?.editions).toHaveLength(3)
  await expect(requireMade(context, made.code, 'register', { ownerId: newId() })).rejects.toMatchObject({
    code: 'document_not_found',
  })
  const over = clock.now().add({ hours: 24 * keptDays + 1 })
  clock.set(over.toString())
  await expect(requireMade(context, made.code, 'register')).rejects.toMatchObject({ code: 'document_not_found' })
})

test('is refused for a list that does not exist, and past so many for one network', async () => {
  await expect(order('country=XX')).rejects.toMatchObject({ code: 'bad_request' })
  await expect(order('in=xx')).rejects.toMatchObject({ code: 'brief_languages' })
  const settled = await Promise.allSettled(Array.from({ length: 31 }, () => order('', '192.0.2.9')))
  expect(settled.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'too_many_attempts' } },
  ])
  expect(await db.database.select().from(briefDocuments)).toHaveLength(1)
})
