import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { importFile } from '#features/agreement-imports/file-commands.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { listForOffice } from '#features/agreements/office-list.ts'
import { readForOffice } from '#features/agreements/office-record.ts'
import { recordSignatures } from '#features/signatures/commands.ts'
import { markOfSignatures, readSignedParties } from '#features/signatures/queries.ts'
import { officeDay } from '#platform/clock.ts'
import { newId } from '#platform/ids.ts'
import { openStorage } from '#platform/storage/open.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { csvOf, sampleFile } from '#tests/support/sample-sheets.ts'

const db = useDatabase()
let dataDir: string
let officer: Extract<Actor, { kind: 'user' }>
let context: ReturnType<typeof testContext>

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yunqiao-signatories-'))
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const plain = ['Agreement title', 'Kind', 'Parties', 'State', 'Signed', 'Visibility']
const own = ['One', 'Cooperation agreement', 'Alpha\nBeta', 'In force', '2026-01-15', 'Internal']

/** Takes in rows whose own columns are the same, and those of signatories after them. */
async function takeIn(headings: readonly string[], ...rows: readonly (readonly string[])[]) {
  const problems: string[] = []
  const text = csvOf([[...plain, ...headings], ...rows.map((row, n) => [`${own[0]} ${n}`, ...own.slice(1), ...row])])
  const report = await importFile(
    { ...context, storage: await openStorage({ dataDir, bucket: undefined }) },
    { kind: 'command_line' },
    {
      ...{ path: sampleFile('a.csv', text), fileName: 'a.csv', mapping: {}, dryRun: false, locale: 'en' },
      onProgress: () => undefined,
      onRead: () => undefined,
      onProblem: (_, heading, { code }) => problems.push(`${heading}: ${code}`),
    },
  )
  return { added: report.added, problems }
}

const onlyId = async () => (await db.database.select({ id: agreements.id }).from(agreements))[0]?.id ?? ''
const signed = async () => (await readSignedParties(db.database, await onlyId())).map((party) => party.signed)
const nobody = { names: {}, addresses: {}, titles: {}, official: [], signedOn: null }

test('a sheet of the office’s own has them line by line or in a column for each party, and they are found at once', async () => {
  const headings = ['Signatory', 'Signatory', 'Form of address', 'Signatory title', 'Date signed by each party']
  const row = ['王明', 'สมชาย ใจดี', '教授\nดร.', '校长\nอธิการบดี', '2026-01-14\n15/01/2569']
  expect(await takeIn(headings, row)).toEqual({ added: 1, problems: [] })
  expect(await signed()).toEqual([
    { ...nobody, names: { zh: '王明' }, addresses: { zh: '教授' }, titles: { zh: '校长' }, signedOn: '2026-01-14' },
    {
      ...{ names: { th: 'สมชาย ใจดี' }, addresses: { th: 'ดร.' }, titles: { th: 'อธิการบดี' }, official: [] },
      signedOn: '2026-01-15',
    },
  ])
  const today = officeDay(context.clock, context.config.officeTimeZone)
  for (const q of ['王明', 'สมชาย']) {
    const filters = readOfficeFilters(new URLSearchParams({ q }))
    expect((await listForOffice(db.database, officer, filters, 'en', today, 'Asia/Shanghai')).total, q).toBe(1)
  }
  const { history } = await readForOffice(db.database, officer, await onlyId(), today)
  const fields = history.flatMap(({ changes }) => changes.map(({ field }) => field))
  expect(fields).toEqual(expect.arrayContaining(['signatory.0', 'signatory.1']))
  expect(await takeIn(headings, row)).toEqual({ added: 0, problems: [] })
})

test('papers that do not show the day leave a gap, which nobody has to fill to record what else is known', async () => {
  expect(await takeIn(['Signatory'], ['Alice Example'])).toEqual({ added: 1, problems: [] })
  const alice = { ...nobody, names: { en: 'Alice Example' } }
  expect(await signed()).toEqual([alice, nobody])
  const id = await onlyId()
  const seen = markOfSignatures(await readSignedParties(db.database, id))
  const typed = { position: 0, name: 'Alice Example', language: 'en', title: '', signedOn: '' }
  const bob = { ...typed, position: 1, name: 'Bob Example', address: 'Mr' }
  const save = (day: string) =>
    recordSignatures(context, officer, {
      ...{ id, version: 1, token: newId(), seen },
      signatures: [typed, { ...bob, signedOn: day }],
    })
  await expect(save('')).rejects.toMatchObject({
    problems: [{ path: 'signatures.1.signedOn', code: 'signatory_pair' }],
  })
  await save('2026-01-15')
  const named = { ...nobody, names: { en: 'Bob Example' }, addresses: { en: 'Mr' }, signedOn: '2026-01-15' }
  expect(await signed()).toEqual([alice, named])
})

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  [
    'a day without a name',
    ['Signatory', 'Date signed by each party'],
    ['', '2026-01-15'],
    ['Signatory: signatory_pair'],
  ],
  [
    'a day ahead',
    ['Signatory', 'Date signed by each party'],
    ['A', '2199-01-15'],
    ['Date signed by each party: date_ahead'],
  ],
  [
    '30 February',
    ['Signatory', 'Date signed by each party'],
    ['A', '2026-02-30'],
    ['Date signed by each party: date_no_such_day'],
  ],
  ['a month', ['Signatory', 'Date signed by each party'], ['A', '2026-02'], ['Date signed by each party: date']],
  [
    'a day that is two',
    ['Signatory', 'Date signed by each party'],
    ['A', '02/03/2026'],
    ['Date signed by each party: date_ambiguous'],
  ],
  ['a title without a name', ['Signatory title'], ['President'], [': required']],
  [
    'a form of address that is too long',
    ['Signatory', 'Form of address'],
    ['A', 'x'.repeat(201)],
    ['Form of address: too_long'],
  ],
  ['what looks like Zawgyi', ['Signatory'], ['ေက်ာင္း'], ['Signatory: zawgyi']],
  ['more than parties', ['Signatory'], ['A\nB\nC'], ['Parties: import_lines']],
  ['a language twice', ['Signatory', 'signatory_names'], ['A', 'en: B | en: C'], ['signatory_names: language_twice']],
  [
    'a title in a language without a name',
    ['Signatory', 'signatory_titles_by_language'],
    ['A', 'th: B'],
    ['Signatory: required'],
  ],
])('%s waits with its reason', async (_, headings, row, expected) => {
  const { added, problems } = await takeIn(headings, row)
  expect({ added, problems: [...new Set(problems)] }).toEqual({ added: 0, problems: expected })
})
