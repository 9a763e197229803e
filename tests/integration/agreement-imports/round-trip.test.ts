import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { agreementParties, vocabularies } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { readCsv, exported } from '#tests/support/exports.ts'
import { importFile } from '#features/agreement-imports/file-commands.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { unsaidOfParty } from '#features/agreements/model.ts'
import { newId } from '#platform/ids.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { recordSignatures } from '#features/signatures/commands.ts'
import type { TypedSignature } from '#features/signatures/model.ts'
import { markOfSignatures, readSignedParties } from '#features/signatures/queries.ts'
import { openStorage } from '#platform/storage/open.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { sampleFile } from '#tests/support/sample-sheets.ts'

const db = useDatabase()
let dataDir: string
let officer: Extract<Actor, { kind: 'user' }>

const prepare = async () => {
  await db.database.insert(vocabularies).values([
    {
      kind: 'country',
      code: 'CN',
      position: 0,
      content: { en: 'China', zh: '中国', th: 'จีน', vi: 'Trung Quốc', my: 'တရုတ်' },
    },
    {
      kind: 'country',
      code: 'TH',
      position: 1,
      content: { en: 'Thailand', zh: '泰国', th: 'ไทย', vi: 'Thái Lan', my: 'ထိုင်း' },
    },
    {
      kind: 'field',
      code: 'agriculture',
      position: 0,
      content: { en: 'Agriculture', zh: '农业', th: 'เกษตรกรรม', vi: 'Nông nghiệp', my: 'စိုက်ပျိုးရေး' },
    },
  ])
  officer = await sampleUser(testContext(db), 'officer@example.org', 'agreement_officer')
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yunqiao-round-'))
  await prepare()
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const date = (text: string) => text as PartialDate
const context = async () => ({
  ...testContext(db),
  storage: await openStorage({ dataDir, bucket: undefined }),
})

async function fill(): Promise<void> {
  const party = (name: string, country: string) => ({
    ...unsaidOfParty,
    role: 'partner' as const,
    partnerId: null,
    names: { en: name },
    country,
  })
  const record = (n: number, state: string, words: Parameters<typeof sampleWords>[0]) =>
    recordAgreement(testContext(db), officer, {
      holdsNoSecrets: true,
      token: newId(),
      state,
      words: sampleWords({ reference: `云科合〔2026〕${n}号`, officerId: officer.id, ...words }),
    })
  const first = await record(1, 'in_force', {
    parties: [
      party('=Sample "A", Ltd.', 'CN'),
      {
        ...party('Sample B', 'TH'),
        names: { en: 'Sample B', th: 'ตัวอย่าง ข', 'zh-Hant': '範例 | 乙' },
        officialNames: ['th'],
      },
    ],
    titles: { en: '-1 + Sample, with a "quote"', my: 'နမူနာ သဘောတူညီချက်', th: 'ข้อตกลงตัวอย่าง', lo: 'ສັນຍາ: ຕົວຢ່າງ' },
    officialTitles: ['en', 'lo'],
    effective: date('2026-02-01'),
    ends: date('2030-01-31'),
    renewal: 'automatic',
    renewalMonths: 24,
    renewalLimit: 2,
    notice: { amount: 3, unit: 'months' },
    leadDays: 20,
  })
  await sign(first, [chen, somchai])
  const second = await record(2, 'signed', {
    kind: 'technology_licence',
    technologyAmount: '1000.25',
    registrationNumber: 'X-1',
  })
  await sign(second, [{ ...unnamed, position: 1, name: 'Nguyen Van An', language: 'vi', title: 'Giám đốc' }])
  await record(3, 'draft', { signed: null, effective: null, ends: null, value: null, openEnded: true, fields: [] })
  await record(4, 'terminated', {
    signed: date('2020-04'),
    effective: date('2020-05'),
    ends: date('2024'),
    visibility: 'internal',
  })
}

const unnamed = { position: 0, name: '', language: 'zh', address: '', title: '', signedOn: '2026-01-15' }
const chen: TypedSignature = { ...unnamed, name: '陈 | 明', address: '教授', title: '校长' }
const somchai: TypedSignature = {
  ...{ position: 1, name: 'สมชาย ใจดี', language: 'th', address: 'ศ.ดร.', title: 'อธิการบดี', official: 'yes' },
  others: [
    { language: 'en', value: 'Somchai Jaidee', address: '', title: '=President', official: 'yes' },
    { language: 'zh-Hant', value: '頌猜', address: '博士', title: '', official: '' },
  ],
  signedOn: '2026-01-16',
}

async function sign(id: string, signatures: readonly TypedSignature[]): Promise<void> {
  const seen = markOfSignatures(await readSignedParties(db.database, id))
  await recordSignatures(testContext(db), officer, { id, version: 1, token: newId(), seen, signatures })
}

const signed = async () =>
  (await db.database.select().from(agreementParties))
    .filter(({ signatoryNames }) => signatoryNames !== null)
    .map(({ position, signatoryNames, signatoryAddresses, signatoryTitles, signatoryOfficial, signedOn }) => ({
      ...{ position, signatoryNames, signatoryAddresses, signatoryTitles, signatoryOfficial, signedOn },
    }))
    .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))

const takeIn = async (format: 'xlsx' | 'csv', bytes: Buffer, locale: Locale) => {
  const problems: string[] = []
  const name = `register.${format}`
  const report = await importFile(
    await context(),
    { kind: 'command_line' },
    {
      ...{ path: sampleFile(name, bytes), fileName: name, mapping: {}, dryRun: false, locale },
      onProgress: () => undefined,
      onRead: () => undefined,
      onProblem: (row, heading, { code }) => problems.push(`${row} ${heading} ${code}`),
    },
  )
  return { added: report.added, problems }
}

const formats = ['xlsx', 'csv'] as const
const cases = locales.flatMap((locale) => formats.map((format) => ({ locale, format })))

test.each(cases)('an export as $format in $locale changes nothing where it came from', async ({ locale, format }) => {
  await fill()
  const bytes = await exported(await context(), officer, format, { locale })
  expect(await takeIn(format, bytes, locale)).toEqual({ added: 0, problems: [] })
})

test.each(cases)('an export as $format in $locale makes the same register elsewhere', async ({ locale, format }) => {
  await fill()
  const bytes = await exported(await context(), officer, format, { locale })
  const before = readCsv(await exported(await context(), officer, 'csv', { locale, query: 'sort=reference' }))
  const signedBefore = await signed()
  expect(signedBefore).toHaveLength(3)
  await db.reset()
  await prepare()
  expect(await takeIn(format, bytes, locale)).toEqual({ added: 4, problems: [] })
  const after = readCsv(await exported(await context(), officer, 'csv', { locale, query: 'sort=reference' }))
  expect(after.map(lasting)).toEqual(before.map(lasting))
  expect(await signed()).toEqual(signedBefore)
})

/** What a register elsewhere has of its own: when it was recorded and changed, and addresses. */
function lasting(row: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ]|https?:/.test(value)),
  )
}
