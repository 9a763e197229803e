import { expect, it } from 'vitest'
import { negotiateLocale, offeredLocales } from '#platform/i18n/negotiate.ts'

// What browsers really send, by the system language that sends it.
it.each([
  ['zh-CN,zh;q=0.9,en;q=0.8,en-GB;q=0.7,en-US;q=0.6', 'zh'],
  ['zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7', 'zh'],
  ['zh-Hans-CN', 'zh'],
  ['zh-HK,zh-Hant;q=0.9,en;q=0.8', 'zh'],
  ['yue-HK,en;q=0.5', 'zh'],
  ['en-US,en;q=0.5', 'en'],
  ['en-GB,en-US;q=0.9,en;q=0.8,th;q=0.7', 'en'],
  ['th-TH,th;q=0.9,en;q=0.8', 'th'],
  ['vi-VN,vi;q=0.9,fr-FR;q=0.8,fr;q=0.7,en-US;q=0.6,en;q=0.5', 'vi'],
  ['my-MM,my;q=0.9,en-US;q=0.8', 'my'],
  ['my,en-US;q=0.7,en;q=0.3', 'my'],
  ['fr-FR,fr;q=0.9,vi;q=0.8', 'vi'],
  ['de-DE,de;q=0.9', 'en'],
  ['en;q=0.2, th;q=0.9', 'th'],
  ['*', 'en'],
  ['zh;q=0, th', 'th'],
  ['mya', 'my'],
  ['bur', 'my'],
  ['ZH-cn', 'zh'],
  ['zh_CN', 'zh'],
])('%s is answered in %s', (header, locale) => {
  expect(negotiateLocale(header)).toBe(locale)
})

it.each([[undefined], [''], ['   '], [',,,'], ['en_US_POSIX;q=abc'], [';;q=1'], ['-'], ['x'.repeat(5000)], ['\u0000']])(
  'answers %j in the default language',
  (header) => {
    expect(negotiateLocale(header)).toBe('en')
  },
)

it('offers readers of Lao Thai and English, readers of Khmer English', () => {
  expect(offeredLocales('lo-LA,lo;q=0.9')).toEqual(['th', 'en'])
  expect(offeredLocales('km-KH,km;q=0.9')).toEqual(['en'])
  expect(offeredLocales('km,vi;q=0.5')).toEqual(['en', 'vi'])
  expect(negotiateLocale('lo,en;q=0.8')).toBe('th')
})

it('keeps the order of a reader with several of our languages', () => {
  expect(offeredLocales('th;q=0.5, my, zh-CN;q=0.8, en;q=0.1')).toEqual(['my', 'zh', 'th', 'en'])
})
