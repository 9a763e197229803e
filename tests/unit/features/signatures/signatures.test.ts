import { describe, expect, test } from 'vitest'
import { limits } from '#features/agreements/model.ts'
import { checkSignatures, type TypedSignature } from '#features/signatures/model.ts'
import { draftOfSignature, press, pressButton, readSentSignatures } from '#features/signatures/sent-signatures.ts'

const today = Temporal.PlainDate.from('2026-05-01')
const somchai: TypedSignature = {
  position: 0,
  name: 'สมชาย ใจดี',
  language: 'th',
  address: 'ศาสตราจารย์',
  title: 'อธิการบดี',
  official: 'yes',
  others: [
    { language: 'en', value: 'Somchai Jaidee', address: 'Prof.', title: 'President', official: 'yes' },
    { language: 'zh-Hant', value: '頌猜', address: '', title: '', official: '' },
  ],
  signedOn: '2026-04-01',
}
const check = (changes: Partial<TypedSignature>) => checkSignatures([{ ...somchai, ...changes }], today)
const zawgyi = 'အျပည္ျပည္ဆိုင္ရာ'
const nobody = { name: '', address: '', title: '', official: '', others: [], signedOn: '' }

test('a signatory has a name, form of address and title in each language, whole and marked official or not', () => {
  expect(check({})).toEqual({
    problems: [],
    signatures: [
      {
        position: 0,
        names: { th: 'สมชาย ใจดี', en: 'Somchai Jaidee', 'zh-Hant': '頌猜' },
        addresses: { th: 'ศาสตราจารย์', en: 'Prof.' },
        titles: { th: 'อธิการบดี', en: 'President' },
        official: ['en', 'th'],
        signedOn: '2026-04-01',
      },
    ],
  })
  expect(check(nobody)).toMatchObject({ problems: [], signatures: [{ names: {}, titles: {}, signedOn: null }] })
})

const row = (changes: object) => ({ language: 'lo', value: 'A', title: '', official: '', ...changes })

test.each<[string, Partial<TypedSignature>, string[]]>([
  ['a day without a name', { ...nobody, signedOn: '2026-04-01' }, ['name signatory_pair']],
  ['a name without a day', { signedOn: '' }, ['signedOn signatory_pair']],
  ['a day ahead', { signedOn: '2026-06-01' }, ['signedOn date_ahead']],
  ['30 February', { signedOn: '2026-02-30' }, ['signedOn date']],
  ['a title without a name', { ...nobody, title: 'President', signedOn: '2026-04-01' }, ['name required']],
  ['a form of address without a name', { ...nobody, address: 'Dr', signedOn: '2026-04-01' }, ['name required']],
  ['a form of address that is too long', { address: 'x'.repeat(201) }, ['address too_long']],
  [
    'a form of address in a language without a name',
    { others: [row({ value: '', address: 'Dr' })] },
    ['others.0.value required'],
  ],
  ['a name of control characters', { name: '\u0000', others: [] }, ['name required']],
  ['a further name without a first', { name: '', title: '', others: [row({})] }, ['name required']],
  ['what is no tag', { others: [row({ language: 'xx' })] }, ['others.0.language language_tag']],
  ['no tag', { others: [row({ language: '' })] }, ['others.0.language required']],
  ['a tag twice', { others: [row({ language: 'th-TH' })] }, ['others.0.language language_twice']],
  ['a title in a language without a name', { others: [row({ value: '', title: 'B' })] }, ['others.0.value required']],
  ['an empty row', { others: [row({ language: '', value: '' })] }, []],
  ['a name that is too long', { others: [row({ value: 'x'.repeat(201) })] }, ['others.0.value too_long']],
  [
    'too many rows',
    { others: Array.from({ length: limits.otherNames + 1 }, () => row({ language: '', value: '' })) },
    ['others too_many_entries'],
  ],
])('%s', (_, changes, expected) => {
  const found = check(changes).problems.map(({ path, code }) => `${path.replace('signatures.0.', '')} ${code}`)
  expect(found).toEqual(expected)
})

test('papers that do not show the day are a gap, where that is said of the party', () => {
  const rules = { withoutDay: (position: number) => position === 0 }
  const signed = [{ ...somchai, signedOn: '' }]
  expect(checkSignatures(signed, today, rules)).toMatchObject({ problems: [], signatures: [{ signedOn: null }] })
  expect(checkSignatures([{ ...signed[0]!, position: 1 }], today, rules).problems).toHaveLength(1)
})

test('words that look like Zawgyi are asked about, and kept where somebody says so', () => {
  const rows = [{ language: 'my', value: zawgyi, address: zawgyi, title: zawgyi, official: '' }]
  const typed = [{ ...somchai, title: zawgyi, others: rows }]
  const paths = ['title', 'others.0.value', 'others.0.address', 'others.0.title'].map((part) => `signatures.0.${part}`)
  const { problems } = checkSignatures(typed, today)
  expect(problems).toEqual(paths.map((path) => ({ path, code: 'zawgyi' })))
  const kept = checkSignatures(typed, today, { keep: paths })
  expect(kept).toMatchObject({ problems: [], signatures: [{ names: { my: zawgyi }, addresses: { my: zawgyi } }] })
})

describe('the form', () => {
  const sent = (entries: readonly (readonly [string, string])[]) => {
    const form = new FormData()
    for (const [name, value] of entries) form.append(name, value)
    return readSentSignatures(form)
  }
  const [stored] = check({}).signatures
  const draft = draftOfSignature(0, stored!, 'th')

  test('opens on what is stored, in the agreement’s own language first', () => {
    expect(draft).toEqual({ ...somchai, others: [...somchai.others!] })
    expect(draftOfSignature(0, stored!, 'zh').language).toBe('en')
  })

  test('is read with its rows in order', () => {
    const { drafts, button } = sent([
      ['signatures.3.name', 'A'],
      ['signatures.3.language', 'th'],
      ['signatures.3.others.5.value', 'C'],
      ['signatures.3.others.2.value', 'B'],
      ['signatures.3.others.2.title', 'Rector'],
      ['signatures.3.others.2.address', 'Dr'],
      ['signatures.3.address', 'นาย'],
      ['do', 'add-name:3'],
    ])
    expect(drafts).toMatchObject([
      {
        position: 3,
        name: 'A',
        address: 'นาย',
        others: [
          { value: 'B', address: 'Dr', title: 'Rector' },
          { value: 'C', address: '', title: '' },
        ],
      },
    ])
    expect(button).toBe('add-name:3')
  })

  test.each([['signatures.0.surname'], ['signatures.0.others.0.first'], ['signatures.100.name'], ['__proto__']])(
    'never sends %s',
    (name) => {
      expect(() => sent([[name, 'a']])).toThrow('bad_request')
    },
  )

  test('converts and keeps what looks like Zawgyi, wherever words are', () => {
    const burmese = { language: 'my', value: zawgyi, address: zawgyi, title: '', official: '' }
    const form = { ...draft, address: zawgyi, others: [burmese] }
    const pressed = (button: string) =>
      press({ drafts: [form], keep: ['signatures.0.title'], button, version: '1', token: '', seen: '' })
    const unicode = 'အပြည်ပြည်ဆိုင်ရာ'
    expect(pressed('convert:signatures.0.address').drafts).toEqual([{ ...form, address: unicode }])
    expect(pressed('convert:signatures.0.others.0.value').drafts).toEqual([
      { ...form, others: [{ ...burmese, value: unicode }] },
    ])
    expect(pressed('keep:signatures.0.others.0.address')).toEqual({
      drafts: [form],
      keep: ['signatures.0.title', 'signatures.0.others.0.address'],
    })
    for (const path of ['signatures.0.signedOn', 'signatures.1.name', 'signatures.0.others.1.value', '']) {
      expect(() => pressed(`convert:${path}`), path).toThrow('bad_request')
      expect(() => pressed(`keep:${path}`), path).toThrow('bad_request')
    }
  })

  test('has rows that come and go', () => {
    const [added] = pressButton([draft], 'add-name:0')
    expect(added?.others).toHaveLength(3)
    expect(pressButton([added!], 'remove-name:0.2')).toEqual([draft])
    for (const button of ['add-name:1', 'add-name:0.1', 'remove-name:0', 'take:0']) {
      expect(() => pressButton([draft], button)).toThrow('bad_request')
    }
  })
})
