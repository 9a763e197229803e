import { expect, test } from 'vitest'
import { pressButton } from '#features/agreements/draft-buttons.ts'
import { draftOf, emptyDraft } from '#features/agreements/draft.ts'
import { limits } from '#features/agreements/model.ts'
import { sampleWords } from '#tests/support/agreements.ts'

const saved = sampleWords({ reference: 'SAVED', titles: { en: 'Saved', th: 'ที่บันทึก' }, value: null })
const draft = {
  ...emptyDraft('en'),
  reference: 'MINE',
  amount: '5',
  currency: 'CNY',
  titles: { ...emptyDraft('en').titles, my: 'အျပည္ျပည္' },
}

test('rows are added to the limit, and taken away one by one', () => {
  let rows = draft
  for (let n = 0; n < limits.parties + 5; n += 1) rows = { ...rows, ...pressButton(rows, 'add-party', undefined) }
  expect(rows.parties).toHaveLength(limits.parties)
  expect(pressButton(draft, 'remove-party:0', undefined).parties).toHaveLength(1)
  expect(pressButton(draft, 'remove-party:99', undefined).parties).toHaveLength(2)
})

test('Zawgyi is converted where it was asked for, or kept', () => {
  expect(pressButton(draft, 'convert:titles.my', undefined).titles.my).toBe('အပြည်ပြည်')
  expect(pressButton(draft, 'keep:titles.my', undefined)).toEqual({ ...draft, keep: ['titles.my'] })
})

test.each([
  ['reference', { reference: 'SAVED' }],
  ['title.th', { titles: { ...draft.titles, th: 'ที่บันทึก' } }],
  ['value', { amount: '', currency: '' }],
  ['parties', { parties: draftOf(saved).parties }],
  ['ends', { ends: { year: '2028', month: '', day: '' } }],
])('what somebody else saved is taken over for %s alone', (field, expected) => {
  expect(pressButton(draft, `take:${field}`, saved)).toEqual({ ...draft, ...expected })
})

test.each([
  '',
  'save',
  'take:reference',
  'take:constructor',
  'convert:titles.xx',
  'convert:parties.9.name',
  'convert:__proto__',
  'fly',
])('the button “%s” does not exist', (button) => {
  expect(() => pressButton(draft, button, button === 'take:constructor' ? saved : undefined)).toThrow('bad_request')
})
