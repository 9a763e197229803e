import { expect, test } from 'vitest'
import { isInOwnLanguage, plainName } from '#ui/plain-name.ts'

test('a name in the page’s language, or in none, is plain text', () => {
  expect(plainName({ value: 'Sample Institute', lang: 'en' }, 'en')).toBe('Sample Institute')
  expect(plainName({ value: '示例研究院', lang: '' }, 'th')).toBe('示例研究院')
})

test('one in another language is not: it must be marked', () => {
  expect(isInOwnLanguage({ value: 'Sample Institute', lang: 'en' }, 'my')).toBe(false)
  expect(plainName({ value: 'Sample Institute', lang: 'en' }, 'my')).toBeUndefined()
})

test('nor is one with words that a browser would break', () => {
  expect(plainName({ value: 'มหาวิทยาลัยคุนหมิง', lang: 'th' }, 'th')).toBeUndefined()
  expect(plainName({ value: 'ပညာရှင်ဖလှယ်ရေး', lang: 'my' }, 'my')).toBeUndefined()
})
