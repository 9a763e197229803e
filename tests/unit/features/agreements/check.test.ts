import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDraft } from '#features/agreements/check.ts'
import { type AgreementDraft, draftOf, emptyDraft, emptyParty } from '#features/agreements/draft.ts'
import { readSentForm } from '#features/agreements/sent-form.ts'

const partner = '0190a000-0000-7000-8000-000000000001'
const vocabulary = {
  fields: new Set(['agriculture', 'biomedicine']),
  countries: new Set(['TH', 'MM']),
  partners: new Map([[partner, ['Sample Academy', '示例院']]]),
  labs: new Set<string>(),
  facilities: new Set<string>(),
  officers: new Set<string>(),
}

const filled: AgreementDraft = {
  ...emptyDraft('en'),
  kind: 'cooperation_agreement',
  titles: { ...emptyDraft('en').titles, en: 'Sample agreement' },
  parties: [
    { ...emptyParty('en'), partnerId: partner },
    { ...emptyParty('th'), name: 'มหาวิทยาลัยตัวอย่าง ก', country: 'TH', role: 'lead' },
  ],
}

function codes(changes: Partial<AgreementDraft>): Record<string, string> {
  const checked = checkDraft({ ...filled, ...changes }, vocabulary)
  return 'problems' in checked ? Object.fromEntries(checked.problems.map(({ path, code }) => [path, code])) : {}
}

const ymd = (year: string, month = '', day = '') => ({ year, month, day })

test('a good form becomes the words to store', () => {
  const checked = checkDraft(
    {
      ...filled,
      reference: ' 云科合〔2026〕12号\u0000 ',
      amount: '1,000.50',
      currency: 'cny',
      signed: ymd('2026', '3', '1'),
      ends: ymd('๒๐๒๗'),
    },
    vocabulary,
  )
  expect(checked).toMatchObject({
    words: {
      reference: '云科合〔2026〕12号',
      titles: { en: 'Sample agreement' },
      parties: [
        { partnerId: partner, names: null, country: null, role: 'partner' },
        { partnerId: null, names: { th: 'มหาวิทยาลัยตัวอย่าง ก' }, country: 'TH', role: 'lead' },
      ],
      signed: '2026-03-01',
      effective: null,
      ends: '2027',
      value: { amount: '1000.5', currency: 'CNY' },
    },
  })
})

test('an empty form names everything that is needed, at once', () => {
  const checked = checkDraft({ ...emptyDraft('zh'), visibility: '' }, vocabulary)
  expect('problems' in checked && checked.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'kind required',
    'visibility required',
    'titles.zh required',
  ])
})

test.each<[string, Partial<AgreementDraft>, Record<string, string>]>([
  ['30 February', { signed: ymd('2026', '2', '30') }, { signed: 'date' }],
  ['a day without a month', { signed: ymd('2026', '', '3') }, { signed: 'date_month' }],
  ['a month without a year', { effective: ymd('', '3') }, { effective: 'date_year' }],
  ['a year of the Buddhist era', { signed: ymd('2569') }, { signed: 'date_range' }],
  ['letters for a year', { signed: ymd('soon') }, { signed: 'date' }],
  [
    'an end before the start',
    { effective: ymd('2026', '3'), ends: ymd('2026', '2') },
    { ends: 'end_before_effective' },
  ],
  ['an end before the signature', { signed: ymd('2026'), ends: ymd('2025') }, { ends: 'end_before_signed' }],
  ['an end in the year of the start', { effective: ymd('2026', '3'), ends: ymd('2026') }, {}],
  ['a negative amount', { amount: '-1', currency: 'CNY' }, { amount: 'amount_negative' }],
  ['an unknown currency', { amount: '1', currency: 'XXQ' }, { currency: 'currency' }],
  ['too many decimals', { amount: '1.5', currency: 'VND' }, { amount: 'amount_decimals' }],
  ['an amount without a currency', { amount: '1' }, { currency: 'currency_missing' }],
  ['a currency without an amount', { currency: 'CNY' }, { amount: 'amount_missing' }],
  ['10,000 characters', { titles: { ...filled.titles, en: 'a'.repeat(10_000) } }, { 'titles.en': 'too_long' }],
  ['an unknown kind', { kind: 'treaty' }, { kind: 'unknown_choice' }],
  ['an unknown field', { fields: ['alchemy'] }, { fields: 'unknown_choice' }],
  ['Zawgyi', { titles: { ...filled.titles, my: 'အျပည္ျပည္ဆိုင္ရာ' } }, { 'titles.my': 'zawgyi' }],
  ['Zawgyi that is to be kept', { titles: { ...filled.titles, my: 'အျပည္ျပည္ဆိုင္ရာ' }, keep: ['titles.my'] }, {}],
])('%s', (_, changes, expected) => {
  expect(codes(changes)).toEqual(expected)
})

test.each<[string, AgreementDraft['parties'], Record<string, string>]>([
  ['a partner twice', [filled.parties[0]!, filled.parties[0]!], { 'parties.1.partnerId': 'party_twice' }],
  ['a name twice', [filled.parties[1]!, filled.parties[1]!], { 'parties.1.name': 'party_twice' }],
  [
    'a profile, and its name typed out',
    [filled.parties[0]!, { ...emptyParty('zh'), name: ' SAMPLE  academy ' }],
    { 'parties.1.name': 'party_twice' },
  ],
  ['both a profile and a name', [{ ...filled.parties[0]!, name: 'X' }], { 'parties.0.name': 'party_both' }],
  [
    'a partner that does not exist',
    [{ ...filled.parties[0]!, partnerId: 'x' }],
    { 'parties.0.partnerId': 'unknown_partner' },
  ],
  [
    'a country that does not exist',
    [{ ...filled.parties[1]!, country: 'ZZ' }],
    { 'parties.0.country': 'unknown_choice' },
  ],
  ['a country without a name', [{ ...emptyParty('en'), country: 'TH' }], { 'parties.0.name': 'party_name' }],
  ['an empty row', [emptyParty('en')], {}],
])('%s', (_, parties, expected) => {
  expect(codes({ parties })).toEqual(expected)
})

test('whatever is typed, the check answers, and what it accepts it accepts again', () => {
  const typed = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('2026', '2', '30', 'CNY', 'my', 'အျပည္', '-1'))
  const date = fc.record({ year: typed, month: typed, day: typed })
  fc.assert(
    fc.property(typed, typed, date, typed, typed, (reference, title, ends, amount, currency) => {
      const draft = { ...filled, reference, titles: { ...filled.titles, en: title }, ends, amount, currency }
      const checked = checkDraft(draft, vocabulary)
      if ('problems' in checked) expect(checked.problems.length).toBeGreaterThan(0)
      else expect(checkDraft(draftOf(checked.words), vocabulary)).toEqual(checked)
    }),
  )
})

const sent = (entries: readonly (readonly [string, string])[]) => {
  const form = new FormData()
  for (const [name, value] of entries) form.append(name, value)
  return readSentForm(form)
}

test('a sent form keeps rows in order, whatever their numbers', () => {
  const { draft, button } = sent([
    ['parties.7.name', 'B'],
    ['parties.2.name', 'A'],
    ['fields', 'x'],
    ['fields', 'y'],
  ])
  expect(draft.parties.map((party) => party.name)).toEqual(['A', 'B'])
  expect(draft.fields).toEqual(['x', 'y'])
  expect(button).toBe('save')
})

test.each([
  [[['surprise', '1']]],
  [
    [
      ['kind', 'a'],
      ['kind', 'b'],
    ],
  ],
  [
    [
      ['parties.0.name', 'a'],
      ['parties.0.name', 'b'],
    ],
  ],
  [[['parties.999.name', 'a']]],
  [[['__proto__', 'a']]],
] as const)('a form that no page of ours sends is refused: %j', (entries) => {
  expect(() => sent(entries)).toThrow('bad_request')
})
