import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkLanguages, checkTechnology, checkTerm, compareAmounts } from '#features/agreements/check-agreed.ts'
import { emptyDraft } from '#features/agreements/draft.ts'
import { languageTag } from '#features/agreements/languages.ts'
import { type AgreementWords, unsaidOfParty } from '#features/agreements/model.ts'
import { checkScheme, referenceFrom } from '#features/agreements/numbering.ts'
import { changesBetween, fieldsOf, mergeWords, wordsFrom } from '#features/agreements/words.ts'
import { movesBetween } from '#features/agreements/write-parties.ts'
import { languageGaps, orderInOriginal } from '#features/languages/model.ts'
import { closesCircle } from '#features/links/model.ts'
import { checkPaper } from '#features/papers/check.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleWords } from '#tests/support/agreements.ts'

const found: string[] = []
const report = (path: string, code: string) => {
  found.push(`${path} ${code}`)
  return undefined
}
const problemsOf = (run: () => unknown) => {
  found.length = 0
  run()
  return [...found]
}
const draft = emptyDraft('en')
const day = (text: string) => text as PartialDate
const dates = { signed: null, effective: day('2026-01-01'), ends: day('2026-12-31') }

describe('the term', () => {
  test.each([
    [{ openEnded: 'yes' }, ['openEnded open_ended_and_end']],
    [{ renewal: 'automatic' }, ['renewalMonths required']],
    [{ renewal: 'none', renewalMonths: '12' }, ['renewalMonths renewal_not_automatic']],
    [{ noticeAmount: '13', noticeUnit: 'months' }, ['noticeAmount notice_exceeds_term']],
    [{ noticeAmount: '-3' }, ['noticeAmount count']],
    [{ noticeAmount: '๓', noticeUnit: 'months', leadDays: '၃၀' }, []],
  ])('%j gives %j', (changes, problems) => {
    expect(problemsOf(() => checkTerm({ ...draft, ...changes }, dates, report))).toEqual(problems)
  })
})

test('languages are known by their tags, and the prevailing one is authentic', () => {
  expect(languageTag('zh-Hans')).toBe('zh')
  expect(languageTag('LO')).toBe('lo')
  expect(languageTag('nonsense!')).toBeUndefined()
  const typed = { ...draft, authentic: ['en', 'zh'], authenticOthers: 'lo，km', prevailing: 'lo' }
  expect(checkLanguages(typed, report)).toEqual({
    authenticLanguages: ['zh', 'en', 'km', 'lo'],
    prevailingLanguage: 'lo',
  })
  expect(problemsOf(() => checkLanguages({ ...typed, prevailing: 'th' }, report))).toEqual([
    'prevailing prevailing_not_authentic',
  ])
})

test('the technology value is part of a technology contract’s value', () => {
  const value = { amount: '100', currency: 'CNY' }
  const check = (kind: string, technologyAmount: string, of: typeof value | null = value) =>
    problemsOf(() => checkTechnology({ ...draft, kind, technologyAmount }, of, report))
  expect(check('technology_licence', '99.99')).toEqual([])
  expect(check('technology_licence', '100.01')).toEqual(['technologyAmount technology_over_value'])
  expect(check('technology_licence', '-1')).toEqual(['technologyAmount amount_negative'])
  expect(check('technology_licence', '1', null)).toEqual(['technologyAmount technology_without_value'])
  expect(check('cooperation_agreement', '1')).toEqual(['technologyAmount not_technology'])
  expect(compareAmounts('0.1', '0.09')).toBe(1)
})

const contact = fc.option(fc.record({ name: fc.string(), email: fc.constant(null), phone: fc.option(fc.string()) }), {
  nil: null,
})
const words: fc.Arbitrary<AgreementWords> = fc
  .record({
    openEnded: fc.boolean(),
    renewal: fc.constantFrom('none', 'by_agreement', 'automatic'),
    leadDays: fc.option(fc.nat(90)),
    notice: fc.option(fc.record({ amount: fc.nat(12), unit: fc.constantFrom('days', 'months') })),
    authenticLanguages: fc.subarray(['zh', 'en', 'th']),
    registrationNumber: fc.option(fc.string()),
    contacts: fc.tuple(contact, contact),
  })
  .map(({ contacts, ...changes }) => {
    const base = sampleWords(changes)
    const parties = base.parties.map((party, index) => ({ ...party, contact: contacts[index] ?? null }))
    return { ...base, parties }
  })

test('words and fields are two forms of the same; a merge loses nobody’s changes', () => {
  fc.assert(
    fc.property(words, words, words, (first, mine, theirs) => {
      expect(wordsFrom(fieldsOf(mine))).toEqual(mine)
      const base = Object.fromEntries(changesBetween(first, theirs).map(({ field, before }) => [field, before]))
      const merged = mergeWords(mine, theirs, base)
      const [said, own, saved, old] = [merged.words, mine, theirs, first].map((one) => fieldsOf(one))
      for (const field of Object.keys(own!)) {
        const isMine = JSON.stringify(own![field]) !== JSON.stringify(old![field])
        expect(said![field], field).toEqual(isMine ? own![field] : saved![field])
      }
    }),
  )
})

test('what points to a party follows it, and to nobody where it is gone', () => {
  const name = (en: string) => ({ ...unsaidOfParty, partnerId: null, names: { en } })
  const before = [name('A'), name('B'), name('C')].map((party, position) => ({ ...party, position }))
  expect([...movesBetween(before, [name('C'), name('A')])]).toEqual([
    [0, 1],
    [1, null],
    [2, 0],
  ])
  expect(movesBetween(before, [name('A'), name('B, corrected'), name('C')]).get(1)).toBe(1)
})

test('a scheme names the running number once; each year counts by itself', () => {
  expect(checkScheme(' 云科合〔{year}〕{n}号 ')).toBe('云科合〔{year}〕{n}号')
  for (const bad of ['', '{year}', '{n}{n}', '{n', '{x}{n}', '{n:9}']) expect(checkScheme(bad), bad).toBeUndefined()
  expect(referenceFrom('YQ-{year}-{n:4}', 2026, 12)).toBe('YQ-2026-0012')
})

test('links never lead back', () => {
  expect(closesCircle([['b', 'a']], ['c', 'b'])).toBe(false)
  expect(
    closesCircle(
      [
        ['b', 'a'],
        ['c', 'b'],
      ],
      ['a', 'c'],
    ),
  ).toBe(true)
})

test('what one authentic language has and another lacks is named', () => {
  const clauses = [{ heading: null, words: { zh: '一' } }]
  const documents = [{ kind: 'signed_copy', language: 'zh' }]
  const amendments = [{ number: 1, languages: ['zh-Hans', 'en'] }]
  expect(languageGaps({ authentic: ['zh', 'en'], documents, amendments, clauses })).toEqual([
    { what: 'document', kind: 'signed_copy', missing: ['en'] },
    { what: 'clause', number: 1, missing: ['en'] },
  ])
  expect(orderInOriginal(['a', 'b', 'c'], 1)).toEqual(['b', 'a', 'c'])
})

test('rows of papers say what is wrong beside each field', () => {
  const rules = { parties: 2, documentIds: [], today: Temporal.PlainDate.from('2026-03-02'), keep: [] }
  const wrong = { holder: '', issuedOn: '2026-03-01', validUntil: '2026-02-30', partyPosition: '2' }
  const checked = checkPaper('power', wrong, rules)
  expect('problems' in checked && checked.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'holder required',
    'partyPosition unknown_choice',
    'validUntil date',
  ])
  expect(checkPaper('original', { holder: 'Office', copies: '2' }, rules)).toEqual({
    value: { holder: 'Office', copies: 2, language: null, place: null },
  })
})
