import { expect, test } from 'vitest'
import { referenceKey } from '#features/agreements/reference.ts'

test('spellings of one number have one key', () => {
  const spellings = ['云科合〔2026〕12号', '云科合 [２０２６] 12 号', '云科合（2026）12号', '云科合【2026】12号']
  expect(new Set(spellings.map(referenceKey)).size).toBe(1)
  expect(referenceKey('yn–a 7')).toBe(referenceKey('YN-A7'))
})

test('different numbers have different keys', () => {
  expect(referenceKey('云科合〔2026〕12号')).not.toBe(referenceKey('云科合〔2026〕121号'))
})
