import { beforeEach, describe, expect, test } from 'vitest'
import { readChoice } from '#features/agreements/sheet-choices.ts'
import { headingOf, readCsvCell, sheetColumns } from '#features/agreements/sheet-columns.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import { unsaidOfParty } from '#features/agreements/model.ts'
import type { Actor } from '#features/accounts/model.ts'
import { locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { exported, readCsv, readSheet } from '#tests/support/exports.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})

const record = (changes: Partial<AgreementWords> = {}, state = 'in_force') =>
  recordAgreement(context, officer, { token: newId(), words: sampleWords(changes), state, holdsNoSecrets: true })

const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|" /C calc"!A0', '＝1+1']

describe.each(['xlsx', 'csv'] as const)('an export as %s', (format) => {
  const read = async (wanted = {}) => {
    const bytes = await exported(context, officer, format, wanted)
    return format === 'xlsx' ? readSheet(bytes) : readCsv(bytes)
  }

  test('says what the agreement says: text in five scripts, days, half-known dates, amounts, parties line by line', async () => {
    await record({
      signed: '2026-01-15' as PartialDate,
      titles: { en: 'Sample, with "quotes"', zh: '示例合作协议', th: 'ข้อตกลง', vi: 'Thỏa thuận', my: 'သဘောတူညီချက်' },
      summaries: { en: 'First line\nSecond line' },
      officerId: officer.id,
      notice: { amount: 3, unit: 'months' },
      authenticLanguages: ['zh', 'lo'],
    })
    const [row, ...more] = await read()
    expect(more).toEqual([])
    expect(row).toMatchObject({
      'Reference number': '云科合〔2026〕12号',
      'Title (中文)': '示例合作协议',
      'Title (English)': 'Sample, with "quotes"',
      'Title (ไทย)': 'ข้อตกลง',
      'Title (Tiếng Việt)': 'Thỏa thuận',
      'Title (မြန်မာ)': 'သဘောတူညီချက်',
      'Summary (English)': 'First line\nSecond line',
      Kind: 'Cooperation agreement',
      State: 'In force',
      Parties: 'Sample University A\nSample University B',
      'Roles of the parties': 'Lead party\nPartner',
      'Effective date': '2026-02',
      'Notice period': format === 'xlsx' ? 3 : '3',
      'Unit of the notice period': 'months',
      Value: format === 'xlsx' ? 1200000.5 : '1200000.5',
      Currency: 'CNY',
      'Authentic languages': 'zh, lo',
      'Responsible officer: e-mail address': 'officer@example.org',
    })
    expect(row?.['Date of signature']).toEqual(format === 'xlsx' ? new Date('2026-01-15T00:00:00Z') : '2026-01-15')
    expect(String(row?.['End date'])).toBe('2028')
  })

  test.each(locales)('has headings and words of the reader, which tell their codes again: %s', async (locale) => {
    await record()
    const [row] = await read({ locale })
    const t = translator(locale)
    expect(Object.keys(row ?? {})).toEqual(sheetColumns.map(({ key }) => headingOf(t, key)))
    const cell = (key: 'kind' | 'state' | 'visibility') => readChoice(key, String(row?.[headingOf(t, key)]))
    expect([cell('kind'), cell('state'), cell('visibility')]).toEqual(['cooperation_agreement', 'in_force', 'public'])
  })

  test.each(formulas)('never makes %s a formula', async (formula) => {
    await record({
      reference: formula,
      titles: { en: formula },
      parties: [
        { ...unsaidOfParty, role: 'lead', partnerId: null, names: { en: formula }, country: 'CN' },
        { ...unsaidOfParty, role: 'partner', partnerId: null, names: { en: 'Sample University B' }, country: null },
      ],
    })
    const [row] = await read()
    const cells = [row?.['Reference number'], row?.['Title (English)'], row?.['Parties']].map(String)
    const wanted = [formula, formula, `${formula}\nSample University B`]
    if (format === 'xlsx') expect(cells).toEqual(wanted)
    else {
      for (const cell of cells) expect(cell).toMatch(/^'/)
      expect(cells.map(readCsvCell)).toEqual(wanted)
    }
  })

  test('of nothing has its headings alone', async () => {
    expect(await read()).toEqual([])
    expect((await exported(context, officer, format)).length).toBeGreaterThan(100)
  })
})

test('an amount with more digits than a spreadsheet keeps stays exact, as text', async () => {
  await record({ value: { amount: '123456789012345.67', currency: 'CNY' } })
  const [row] = await readSheet(await exported(context, officer, 'xlsx'))
  expect(row?.['Value']).toBe('123456789012345.67')
})

test('CSV begins with the mark of UTF-8 and ends each row as RFC 4180 has it', async () => {
  await record()
  const text = (await exported(context, officer, 'csv')).toString('utf8')
  expect(text.startsWith('\uFEFFReference number,')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
})

test('JSON holds everything, by codes', async () => {
  const id = await record({ technologyAmount: null })
  const read = JSON.parse((await exported(context, officer, 'json')).toString('utf8')) as Record<string, unknown>
  expect(read).toMatchObject({
    format: 'yunqiao-agreements',
    version: 1,
    contents: 'all',
    agreements: [
      {
        id,
        kind: 'cooperation_agreement',
        state: 'in_force',
        signed: '2026-01-15',
        effective: '2026-02',
        parties: [{ names: { en: 'Sample University A' }, country: 'CN' }, { role: 'partner' }],
        office: { visibility: 'public', value: { amount: '1200000.5', currency: 'CNY' }, details: { milestones: [] } },
      },
    ],
  })
})
