import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDraft } from '#features/agreements/check.ts'
import { type AgreementDraft, draftOf, emptyDraft, emptyParty } from '#features/agreements/draft.ts'
import { pressButton } from '#features/agreements/draft-buttons.ts'
import { nameLanguage } from '#features/agreements/languages.ts'
import { type AgreementWords, isKeyOf, limits, partyKey, unsaidOfParty } from '#features/agreements/model.ts'
import { emptyName, type TypedName } from '#features/agreements/names.ts'
import { readSentForm } from '#features/agreements/sent-form.ts'
import { nameLine, readNamed, readNameLine, titleLines } from '#features/agreements/sheet-names.ts'
import { changesBetween, fieldsOf, mergeWords, wordsFrom } from '#features/agreements/words.ts'
import { movesBetween } from '#features/agreements/write-parties.ts'
import { sampleWords } from '#tests/support/agreements.ts'

const vocabulary = {
  fields: new Set<string>(),
  countries: new Set(['TH']),
  partners: new Map([['profile', ['Sample Academy']]]),
  labs: new Set<string>(),
  facilities: new Set<string>(),
  officers: new Set<string>(),
}

const lao = 'ສັນຍາຕົວຢ່າງ'
const named = (language: string, value: string, official = ''): TypedName => ({ language, value, official })

const thai = { ...emptyParty('th'), name: 'มหาวิทยาลัยตัวอย่าง', official: 'yes' }
const filled: AgreementDraft = {
  ...emptyDraft('en'),
  kind: 'cooperation_agreement',
  titles: { ...emptyDraft('en').titles, en: 'Sample agreement' },
  parties: [thai, { ...emptyParty('en'), name: 'Sample B' }],
}

const check = (changes: Partial<AgreementDraft>) => checkDraft({ ...filled, ...changes }, vocabulary)
const problems = (changes: Partial<AgreementDraft>) => {
  const checked = check(changes)
  return 'problems' in checked ? checked.problems.map(({ path, code }) => `${path} ${code}`) : []
}

test.each([
  ['zh-CN', 'zh'],
  ['zh-Hant', 'zh-Hant'],
  ['zh-TW', 'zh-TW'],
  ['en-GB', 'en'],
  ['th-Latn', 'th-Latn'],
  [' LO ', 'lo'],
  ['lo-la-u-nu-laoo', 'lo-LA'],
  ['xx', undefined],
  ['und', undefined],
  ['mul', undefined],
  ['MNW', 'mnw'],
  ['', undefined],
  ['lao script', undefined],
  ['l'.repeat(60), undefined],
  ['lo-abcdefgh-bcdefghi-cdefghij-defghijk', undefined],
])('a name in %j is kept under %j', (typed, kept) => {
  expect(nameLanguage(typed)).toBe(kept)
})

describe('titles and names in further languages', () => {
  test('are stored by language with what is official, in NFC and without control characters', () => {
    const checked = check({
      officialTitles: ['en'],
      otherTitles: [named('lo', ` ${lao}\u0000 `, 'yes'), emptyName, named('fr', 'Accord de coope\u0301ration')],
      parties: [
        { ...thai, others: [named('en', 'Sample University', 'yes'), named('zh', '示例大学')] },
        filled.parties[1]!,
      ],
    })
    expect(checked).toMatchObject({
      words: {
        titles: { en: 'Sample agreement', lo: lao, fr: 'Accord de coopération' },
        officialTitles: ['en', 'lo'],
        parties: [
          {
            names: { th: 'มหาวิทยาลัยตัวอย่าง', en: 'Sample University', zh: '示例大学' },
            officialNames: ['en', 'th'],
          },
          { names: { en: 'Sample B' } },
        ],
      },
    })
    expect('words' in checked && 'officialNames' in checked.words.parties[1]!).toBe(false)
    if ('words' in checked) expect(checkDraft(draftOf(checked.words), vocabulary)).toEqual(checked)
  })

  test.each<[string, Partial<AgreementDraft>, string[]]>([
    ['what is no tag', { otherTitles: [named('xx', 'A')] }, ['otherTitles.0.language language_tag']],
    ['no tag', { otherTitles: [named(' ', 'A')] }, ['otherTitles.0.language required']],
    ['a tag alone', { otherTitles: [named('lo', '')] }, ['otherTitles.0.value required']],
    ['control characters alone', { otherTitles: [named('lo', '\u0000\u200e')] }, ['otherTitles.0.value required']],
    ['a mark alone', { otherTitles: [named('', '', 'yes')] }, []],
    [
      'a tag twice, however it is written',
      { otherTitles: [named('lo', 'A'), named('LO', 'B')] },
      ['otherTitles.1.language language_twice'],
    ],
    ['a language with a field', { otherTitles: [named('th-TH', 'A')] }, ['otherTitles.0.language language_twice']],
    ['10,000 characters', { otherTitles: [named('lo', 'ກ'.repeat(10_000))] }, ['otherTitles.0.value too_long']],
    ['Zawgyi', { otherTitles: [named('mnw', 'အျပည္ျပည္ဆိုင္ရာ')] }, ['otherTitles.0.value zawgyi']],
    ['Zawgyi that is to be kept', { otherTitles: [named('mnw', 'အျပည္ျပည္ဆိုင္ရာ')], keep: ['otherTitles.0.value'] }, []],
    [
      'too many',
      { otherTitles: Array.from({ length: limits.otherNames + 1 }, () => emptyName) },
      ['otherTitles too_many_entries'],
    ],
    ['a source title of control characters', { titles: { ...filled.titles, en: '\u0001' } }, ['titles.en required']],
    [
      "a party's language twice",
      { parties: [{ ...thai, others: [named('th', 'อื่น')] }] },
      ['parties.0.others.0.language language_twice'],
    ],
    ["a party's name in no language", { parties: [{ ...thai, language: 'xx' }] }, ['parties.0.language language_tag']],
    [
      'a further name without a first',
      { parties: [{ ...emptyParty('th'), others: [named('lo', 'A')] }] },
      ['parties.0.name party_name'],
    ],
    ['a name of control characters', { parties: [{ ...thai, name: '\u0001' }] }, ['parties.0.name party_name']],
    [
      'names beside a profile',
      { parties: [{ ...emptyParty('th'), partnerId: 'profile', others: [named('lo', 'A')] }] },
      ['parties.0.name party_both'],
    ],
    [
      'one party under two of its names',
      { parties: [{ ...thai, others: [named('en', 'Sample B')] }, filled.parties[1]!] },
      ['parties.1.name party_twice'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(problems(changes)).toEqual(expected)
  })

  test('whatever is typed, the check answers, and what it accepts it accepts again', () => {
    const row = fc.record({
      language: fc.oneof(fc.constantFrom('lo', 'LO', 'km', 'zh-Hant', 'en-US', ''), fc.string()),
      value: fc.oneof(fc.constantFrom('A', 'ກ', '\u0000'), fc.string({ unit: 'binary' })),
      official: fc.constantFrom('', 'yes'),
    })
    const rows = fc.array(row, { maxLength: 4 })
    fc.assert(
      fc.property(rows, rows, (otherTitles, others) => {
        const checked = check({ otherTitles, parties: [{ ...thai, others }, filled.parties[1]!] })
        if ('problems' in checked) expect(checked.problems.length).toBeGreaterThan(0)
        else expect(checkDraft(draftOf(checked.words), vocabulary)).toEqual(checked)
      }),
    )
  })
})

describe('rows of names', () => {
  const draft = { ...filled, otherTitles: [named('lo', lao), named('my', 'အျပည္ျပည္')] }

  test('come and go, up to a limit', () => {
    expect(pressButton(filled, 'add-name:otherTitles', undefined).otherTitles).toEqual([emptyName])
    expect(pressButton(draft, 'remove-name:otherTitles.0', undefined).otherTitles).toEqual([draft.otherTitles[1]])
    const added = pressButton(filled, 'add-name:parties.1.others', undefined)
    expect(added.parties.map(({ others }) => others.length)).toEqual([0, 1])
    expect(pressButton(added, 'remove-name:parties.1.others.0', undefined)).toEqual(filled)
    let rows: AgreementDraft = filled
    for (let n = 0; n < limits.otherNames + 3; n += 1) rows = pressButton(rows, 'add-name:otherTitles', undefined)
    expect(rows.otherTitles).toHaveLength(limits.otherNames)
  })

  test('are converted from Zawgyi and taken over from what somebody else saved', () => {
    expect(pressButton(draft, 'convert:otherTitles.1.value', undefined).otherTitles[1]?.value).toBe('အပြည်ပြည်')
    const saved = sampleWords({ titles: { en: 'A', lo: lao, km: 'ខ' }, officialTitles: ['en', 'lo'] })
    expect(pressButton(filled, 'take:otherTitles', saved).otherTitles).toEqual(draftOf(saved).otherTitles)
    expect(pressButton(draft, 'take:officialTitles', saved)).toMatchObject({
      officialTitles: ['en'],
      otherTitles: [named('lo', lao, 'yes'), named('my', 'အျပည္ျပည္')],
    })
  })

  test.each(['add-name:parties.9.others', 'add-name:titles', 'remove-name:otherTitles', 'convert:otherTitles.9.value'])(
    'the button “%s” does not exist',
    (button) => {
      expect(() => pressButton(draft, button, undefined)).toThrow('bad_request')
    },
  )

  const sent = (entries: readonly (readonly [string, string])[]) => {
    const form = new FormData()
    for (const [name, value] of entries) form.append(name, value)
    return readSentForm(form)
  }

  test('keep their order, whatever their numbers', () => {
    const { draft: read } = sent([
      ['otherTitles.7.value', 'B'],
      ['otherTitles.2.value', 'A'],
      ['otherTitles.2.official', 'yes'],
      ['parties.4.name', 'X'],
      ['parties.4.others.1.language', 'lo'],
    ])
    expect(read.otherTitles).toEqual([named('', 'A', 'yes'), named('', 'B')])
    expect(read.parties[0]?.others).toEqual([named('lo', '')])
  })

  test.each([
    [['otherTitles.0.title', 'a']],
    [['otherTitles.999.value', 'a']],
    [['parties.0.others.0.value', 'a']],
    [['parties.00.others.0.value', 'a']],
  ] as const)('that no page of ours sends are refused: %j', (entry) => {
    expect(() => sent([entry])).toThrow('bad_request')
  })
})

const party = (names: Record<string, string>): AgreementWords['parties'][number] => ({
  ...unsaidOfParty,
  role: 'partner',
  partnerId: null,
  names,
  country: null,
})

describe('names and what hangs on them', () => {
  test('further titles are one field of the trail, which nothing says where there are none', () => {
    const before = sampleWords({ titles: { en: 'A' } })
    const after = sampleWords({ titles: { en: 'A', lo: lao }, officialTitles: ['lo'] })
    expect(fieldsOf(before)['otherTitles']).toBeNull()
    expect(wordsFrom(fieldsOf(after))).toEqual(after)
    expect(changesBetween(before, after)).toEqual([
      { field: 'otherTitles', before: null, after: { lo: lao } },
      { field: 'officialTitles', before: [], after: ['lo'] },
    ])
  })

  test('a party is known by its names in any order, and still when one comes or goes', () => {
    const [one, other] = [party({ th: 'ก', en: 'A' }), party({ en: 'A', th: 'ก' })]
    expect(partyKey(one)).toBe(partyKey(other))
    const more = party({ th: 'ก', en: 'A', zh: '甲' })
    expect(isKeyOf(partyKey(one), more)).toBe(true)
    expect(isKeyOf(partyKey(one), party({ en: 'B' }))).toBe(false)
    const before = [one, party({ en: 'B' })].map((given, position) => ({ ...given, position }))
    expect([...movesBetween(before, [party({ en: 'B' }), more, party({ en: 'C' })])]).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  test('a contact stays with a party that gets another name while somebody else writes down the contact', () => {
    const contact = { name: 'Sample person', email: null, phone: null }
    const base = sampleWords({ parties: [party({ th: 'ก' }), party({ en: 'B' })] })
    const saved = { ...base, parties: [{ ...base.parties[0]!, contact }, base.parties[1]!] }
    const mine = { ...base, parties: [party({ th: 'ก', en: 'A' }), base.parties[1]!] }
    const { words, conflicts } = mergeWords(mine, saved, { contacts: null })
    expect(conflicts).toEqual([])
    expect(words.parties[0]).toEqual({ ...party({ th: 'ก', en: 'A' }), contact })
  })
})

describe('names in a sheet', () => {
  const known = (typed: string) => (typed === 'ລາວ' ? 'lo' : nameLanguage(typed))

  test('are read as they are written', () => {
    expect(titleLines({ en: 'A', lo: lao, km: 'ខ: គ' }, (tag) => tag !== 'en')).toBe(`km: ខ: គ\nlo: ${lao}`)
    expect(readNamed('km: ខ: គ', known)).toEqual(named('km', 'ខ: គ'))
    expect(readNamed(`ລາວ：${lao}`, known)).toEqual(named('lo', lao))
    expect(readNamed('nothing said', known)).toEqual(named('', 'nothing said'))
    expect(titleLines({ en: 'A' }, (tag) => tag !== 'en')).toBeNull()
  })

  test('whatever names hold, a line of them says the same again', () => {
    const value = fc
      .string({ unit: fc.constantFrom('A', 'ก', '|', ' ', ':', '*'), minLength: 1 })
      .map((text) => text.trim())
    const names = fc.uniqueArray(fc.constantFrom('th', 'en', 'zh-Hant', 'lo'), { minLength: 1 })
    fc.assert(
      fc.property(names, fc.array(value, { minLength: 4, maxLength: 4 }), fc.boolean(), (tags, values, isOfficial) => {
        fc.pre(values.every((text) => text !== '' && !/[a-z]{2,3}\*?\s*:/i.test(text)))
        const words = Object.fromEntries(tags.map((tag, index) => [tag, values[index]!]))
        const official = isOfficial ? [tags[0]!] : []
        const read = readNameLine(nameLine(words, official), known)
        expect(Object.fromEntries(read.map((one) => [one.language, one.value]))).toEqual(words)
        expect(read.filter((one) => one.official !== '').map(({ language }) => language)).toEqual(official)
      }),
    )
  })
})
