import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { issuedBriefFiles, issuedBriefs, publications } from '#db/schema/index.ts'
import { certificatePem } from '#features/issued-briefs/certificates.ts'
import { readCode } from '#features/issued-briefs/code.ts'
import { issueBrief } from '#features/issued-briefs/issue.ts'
import { formatDate } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { partialDateOf } from '#platform/partial-date.ts'
import { closeDocuments } from '#platform/pdf/document.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { testContext, type TestContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { pdftotext, pdftotextWhole, qpdfCheck } from '#tests/unit/platform/pdf/tools.ts'
import { documentOf } from '#tests/unit/platform/pdf/models.ts'
import { opensslVerify, pdfsig } from '#tests/unit/platform/signing/tools.ts'
import { putAgreement, putPartner, takeBack, writeVocabulary } from '../portal/published.ts'
import { issuePublic } from './issue-public.ts'

const db = useDatabase()
let context: TestContext
beforeEach(async () => {
  context = testContext(db)
  context.clock.set('2026-11-29T08:00:00Z')
  await writeVocabulary(db.database)
})

async function issued(slug: string, locale: Locale = 'en') {
  const made = await issuePublic(context, { kind: 'partner', slug }, locale)
  return made
}

const putUni = (parts: Partial<Parameters<typeof putPartner>[1]> = {}, recordId?: string) =>
  putPartner(
    db.database,
    { names: { en: 'University uni' }, ...parts },
    { slug: 'uni', ...(recordId !== undefined && { recordId }) },
  )

const entries = () => db.database.select().from(issuedBriefs)
const files = () => db.database.select().from(issuedBriefFiles)

test('a brief is signed, carries its code, and stands in the register', async () => {
  await putUni()
  const { bytes, sha256, code, issuedAt } = await issued('uni')
  expect(pdfsig(bytes)).toMatch(/Total document signed[\s\S]*Signature is Valid/)
  opensslVerify(bytes, (await context.signer.identity()).certificate)
  expect(qpdfCheck(bytes)).not.toMatch(/warning/i)
  expect(pdftotext(bytes)).toContain(code)
  expect(pdftotextWhole(bytes)).toContain(`/en/verify/${code}`)
  const [edition] = await db.database.select().from(publications)
  expect(await entries()).toMatchObject([
    {
      code: readCode(code),
      kind: 'partner',
      title: 'University uni',
      languages: ['en'],
      isInternal: false,
      editions: [edition?.id],
      subjectId: edition?.recordId,
    },
  ])
  expect(await files()).toMatchObject([{ sha256, sizeBytes: bytes.length }])
  expect(issuedAt.toString()).toBe('2026-11-29T08:00:00Z')
})

test('an unchanged one issued again is the same file, with its code and the day of its first issue', async () => {
  await putUni()
  const first = await issued('uni')
  context.clock.set('2027-02-01T08:00:00Z')
  // As after a restart: nothing is kept in memory.
  await closeDocuments()
  const again = await issued('uni')
  expect(again).toMatchObject({ code: first.code, sha256: first.sha256, issuedAt: first.issuedAt })
  expect(pdftotextWhole(again.bytes)).toContain(formatDate('2026-11-29', 'en'))
  expect(await entries()).toHaveLength(1)
  expect(await files()).toHaveLength(1)
})

test('a drawing that shows the day is drawn as on the day of the first issue', async () => {
  const day = (iso: string) => partialDateOf(Temporal.PlainDate.from(iso))
  const term = { effective: day('2025-01-01'), ends: day('2029-12-31') }
  await putAgreement(db.database, { title: 'Memorandum', ...term }, { slug: 'memo' })
  const subject = { kind: 'agreement', slug: 'memo' } as const
  const first = await issuePublic(context, subject, 'vi', 'zh')
  context.clock.set('2027-06-01T08:00:00Z')
  expect(await issuePublic(context, subject, 'vi', 'zh')).toMatchObject({ code: first.code, sha256: first.sha256 })
  const words = pdftotextWhole(first.bytes)
  for (const locale of ['vi', 'zh'] as const) expect(words).toContain(formatDate('2026-11-29', locale))
})

test('a record that says something else makes another brief; each language is one of its own', async () => {
  const recordId = await putUni()
  const first = await issued('uni')
  expect((await issued('uni', 'th')).code).not.toBe(first.code)
  await putUni({ names: { en: 'Renamed University' } }, recordId)
  const changed = await issued('uni')
  expect(changed.code).not.toBe(first.code)
  expect(await entries()).toHaveLength(3)
})

test('a record that changes in what a brief does not tell leaves it the one that it is, confirmed', async () => {
  const recordId = await putUni()
  const first = await issued('uni')
  context.clock.set('2026-12-24T08:00:00Z')
  await putUni({ location: [18.8, 98.95], locationPrecision: 'city' }, recordId)
  const [now] = await db.database.select().from(publications).where(eq(publications.edition, 2))
  expect(await issued('uni')).toMatchObject({ code: first.code, sha256: first.sha256 })
  const [entry] = await entries()
  expect(entry?.editions).toEqual([now?.id])
  expect(Temporal.Instant.from(entry?.confirmedAt ?? '').toString()).toBe('2026-12-24T08:00:00Z')
})

test('the same words asked for at once by many are one entry and one file', async () => {
  await putUni()
  // A context each, as so many processes have.
  const contexts = Array.from({ length: 8 }, () => ({ ...testContext(db), clock: context.clock }))
  const made = await Promise.all(contexts.map((one) => issuePublic(one, { kind: 'partner', slug: 'uni' }, 'my')))
  expect(new Set(made.map((one) => `${one.code} ${one.sha256}`)).size).toBe(1)
  expect(await entries()).toHaveLength(1)
  expect(await files()).toHaveLength(1)
})

test('what changes between the reading of a brief and of its records is noticed', async () => {
  const recordId = await putUni()
  const address = `${context.config.baseUrl}/en/partners/uni`
  const documentNow = async () => {
    const rows = await db.database.select().from(publications).orderBy(publications.edition)
    const document = documentOf('en', [
      { type: 'paragraph', style: 'body', runs: [{ text: `Edition ${rows.length}` }] },
    ])
    return { ...document, foot: { ...document.foot, address } }
  }
  const document = await documentNow()
  await putUni({ names: { en: 'Renamed University' } }, recordId)
  const { bytes } = await issueBrief(context, {
    kind: 'partner',
    document,
    languages: ['en'],
    again: documentNow,
  })
  expect(pdftotext(bytes)).toContain('Edition 2')
  const [latest] = await db.database.select().from(publications).where(eq(publications.edition, 2))
  expect((await entries())[0]?.editions).toEqual([latest?.id])
})

test('a document that cannot be laid out leaves no code that anybody can find', async () => {
  const document = documentOf('en', [{ type: 'paragraph', style: 'body', runs: [{ text: 'ꙮ🜁' }] }])
  await expect(issueBrief(context, { kind: 'delegation', document, languages: ['en'] })).rejects.toMatchObject({
    code: 'unprintable',
  })
  expect(await files()).toEqual([])
})

test('an internal brief keeps no title and no subject', async () => {
  await putUni()
  const document = documentOf('en', [])
  await issueBrief(context, {
    kind: 'delegation',
    document: { ...document, foot: { ...document.foot, address: `${context.config.baseUrl}/en/partners/uni` } },
    languages: ['en', 'my'],
    isInternal: true,
  })
  expect(await entries()).toMatchObject([{ title: '', subjectId: null, isInternal: true, languages: ['en', 'my'] }])
})

describe('in two languages', () => {
  test('each says how to verify it', async () => {
    const { bytes, code } = await issueBrief(context, {
      kind: 'partner',
      document: documentOf('zh', []),
      languages: ['zh', 'vi'],
    })
    const words = pdftotext(bytes)
    for (const said of ['核验本简报', 'Xác minh bản tóm tắt này', code, '数字签名', 'Chữ ký số'])
      expect(words).toContain(said)
  })
})

test('the public certificate is there for whoever wants to compare', async () => {
  const { certificate } = await context.signer.identity()
  expect(await certificatePem(context, null)).toBe(certificate.toString())
  await expect(certificatePem(context, 'nobody')).rejects.toMatchObject({ code: 'not_found' })
})

test('a withdrawn record has no brief any more', async () => {
  const recordId = await putUni()
  await issued('uni')
  await takeBack(db.database, 'partner', recordId)
  await expect(issued('uni')).rejects.toMatchObject({ code: 'gone' })
})

test('a layout without signature is what it was', async () => {
  const plain = await renderInThread(documentOf('en', []))
  expect(Buffer.from(plain).includes('/AcroForm')).toBe(false)
})
