import { describe, expect, test } from 'vitest'
import { missingLanguages, withLanguages } from '#platform/i18n/same-language.ts'

describe('what is there in a language', () => {
  test.each([
    [['zh', 'th'], ['zh-Hans', 'en'], ['th']],
    [['pt-BR'], ['pt'], []],
    [['lo-LA', 'ar'], ['lo', 'ar-EG'], []],
    [['tl'], ['fil'], []],
    [[], ['en'], []],
    [['km'], [], ['km']],
  ])('of %j with %j: %j is missing', (wanted, there, missing) => {
    expect(missingLanguages(wanted, there)).toEqual(missing)
  })
})

test('a choice has the first ones as they are, and each other language once', () => {
  expect(withLanguages(['pt-BR', 'zh'], ['zh', 'en', 'pt'])).toEqual(['pt-BR', 'zh', 'en'])
  expect(withLanguages([], ['zh', 'en'])).toEqual(['zh', 'en'])
})
