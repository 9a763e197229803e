import { expect, test } from 'vitest'
import { beside, called, formLists, listOfForms, personLimits } from '#features/people/model.ts'
import { locales } from '#platform/i18n/locales.ts'
import { looksLikeZawgyi } from '#platform/text/zawgyi.ts'

test('forms of address are proposed in each language of the site, as they are written, each once', () => {
  const lists = new Map(formLists.map(({ id, forms }) => [id, forms]))
  for (const locale of locales) expect(lists.get(listOfForms(locale))?.length, locale).toBeGreaterThan(3)
  for (const [id, forms] of lists) {
    expect(new Set(forms).size, id).toBe(forms.length)
    for (const form of forms) {
      expect(form).toBe(form.normalize('NFC').trim())
      expect(form.length).toBeLessThanOrEqual(personLimits.address)
      expect(looksLikeZawgyi(form), form).toBe(false)
    }
  }
})

test('a field in another language, or in none yet, has them all', () => {
  expect(listOfForms('zh-Hant')).toBe(listOfForms(undefined))
  expect(listOfForms('lo')).not.toBe(listOfForms(undefined))
  const all = formLists.find(({ id }) => id === listOfForms(undefined))?.forms ?? []
  expect(all).toEqual(expect.arrayContaining(formLists.flatMap(({ forms }) => [...forms])))
})

test('what stands beside a name leaves out what is not known', () => {
  expect(beside('王明', undefined, '校长')).toBe('王明 · 校长')
  expect(beside(null, '', undefined)).toBe('')
})

test.each([
  ['王明', '教授', '王明教授'],
  ['Nguyen Van An', '教授', 'Nguyen Van An 教授'],
  ['Nguyen Van An', 'Dr', 'Dr Nguyen Van An'],
  ['สมชาย ใจดี', 'ดร.', 'ดร.สมชาย ใจดี'],
  ['Somchai Jaidee', 'ดร.', 'ดร. Somchai Jaidee'],
  ['မြင့်မြင့်', 'ဒေါ်', 'ဒေါ်မြင့်မြင့်'],
  ['王明', null, '王明'],
  ['王明', '', '王明'],
])('a letter calls %s with %s as its language does', (name, address, whole) => {
  expect(called(name, address)).toBe(whole)
})
