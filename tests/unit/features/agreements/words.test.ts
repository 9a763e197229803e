import { expect, test } from 'vitest'
import type { AgreementWords } from '#features/agreements/model.ts'
import { changesBetween, fieldsOf, mergeWords, wordFieldNames, wordsFrom } from '#features/agreements/words.ts'
import { sampleWords } from '#tests/support/agreements.ts'

const words = sampleWords({ summaries: { zh: '摘要' } })

test('words and fields are two forms of the same', () => {
  expect(wordsFrom(fieldsOf(words))).toEqual(words)
  expect(Object.keys(fieldsOf(words)).sort()).toEqual([...wordFieldNames].sort())
})

test('changes name the fields that differ, and no others', () => {
  const changed: AgreementWords = { ...words, titles: { ...words.titles, th: 'ชื่อใหม่' }, reference: null }
  expect(changesBetween(words, words)).toEqual([])
  expect(changesBetween(words, changed).map(({ field }) => field)).toEqual(['reference', 'title.th'])
})

test('what the second left alone follows the first; what both changed stays as the second has it, and is named', () => {
  const saved: AgreementWords = { ...words, reference: 'THEIRS', titles: { ...words.titles, en: 'Their title' } }
  const mine: AgreementWords = { ...words, titles: { ...words.titles, en: 'My title' }, fields: ['biomedicine'] }
  const base = { reference: words.reference, 'title.en': words.titles.en ?? null }
  const { words: merged, conflicts } = mergeWords(mine, saved, base)
  expect(merged).toEqual({
    ...words,
    reference: 'THEIRS',
    titles: { ...words.titles, en: 'My title' },
    fields: ['biomedicine'],
  })
  expect(conflicts).toEqual(['title.en'])
})

test('the same change twice is no conflict', () => {
  const both: AgreementWords = { ...words, reference: 'SAME' }
  expect(mergeWords(both, both, { reference: words.reference }).conflicts).toEqual([])
})
