import { expect, it } from 'vitest'
import {
  formatDate,
  formatInstant,
  formatList,
  formatMoney,
  formatNumber,
  languageName,
} from '#platform/i18n/format.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'

const inAll = (format: (locale: Locale) => string) =>
  Object.fromEntries(locales.map((locale) => [locale, format(locale)]))
/** `Intl` puts non-breaking spaces where a line may not end. */
const plain = (text: string) => text.replaceAll('\u00A0', ' ')

it('writes a day as each language does, the Thai year being Buddhist', () => {
  expect(inAll((locale) => formatDate('2015-05-06', locale))).toEqual({
    zh: '2015年5月6日',
    en: '6 May 2015',
    th: '6 พฤษภาคม 2558',
    vi: '6 tháng 5 năm 2015',
    my: '၂၀၁၅ ခုနှစ် မေလ ၆ ရက်',
  })
})

it('writes no more of a date than is known', () => {
  expect(inAll((locale) => formatDate('2015-05', locale))).toEqual({
    zh: '2015年5月',
    en: 'May 2015',
    th: 'พฤษภาคม 2558',
    vi: 'tháng 5 năm 2015',
    my: '၂၀၁၅ ခုနှစ် မေလ',
  })
  expect(inAll((locale) => formatDate('2015', locale))).toEqual({
    zh: '2015年',
    en: '2015',
    th: 'พ.ศ. 2558',
    vi: '2015',
    my: '၂၀၁၅ ခုနှစ်',
  })
})

it('writes the day that was given, whatever the zone of this machine', () => {
  for (const day of ['2024-02-29', '1999-12-31', '2000-01-01']) {
    expect(formatDate(day, 'zh')).toBe(
      `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`,
    )
  }
})

it('writes numbers in the digits and groups of the language', () => {
  expect(inAll((locale) => formatNumber(1234567, locale))).toEqual({
    zh: '1,234,567',
    en: '1,234,567',
    th: '1,234,567',
    vi: '1.234.567',
    my: '၁,၂၃၄,၅၆၇',
  })
})

it('writes money exactly, however large, with the code of its currency', () => {
  expect(inAll((locale) => plain(formatMoney('123456789012345678.50', 'CNY', locale)))).toEqual({
    zh: 'CNY 123,456,789,012,345,678.50',
    en: 'CNY 123,456,789,012,345,678.50',
    th: 'CNY 123,456,789,012,345,678.50',
    vi: '123.456.789.012.345.678,50 CNY',
    my: '၁၂၃,၄၅၆,၇၈၉,၀၁၂,၃၄၅,၆၇၈.၅၀ CNY',
  })
  expect(plain(formatMoney('1200000.00', 'USD', 'en'))).toBe('USD 1,200,000')
  expect(plain(formatMoney('500000', 'VND', 'vi'))).toBe('500.000 VND')
})

it('joins lists', () => {
  expect(inAll((locale) => formatList(['A', 'B', 'C'], locale))).toEqual({
    zh: 'A、B和C',
    en: 'A, B and C',
    th: 'A, B และ C',
    vi: 'A, B và C',
    my: 'A၊ B နှင့် C',
  })
  for (const locale of locales) expect(formatList(['A'], locale)).toBe('A')
  for (const locale of locales) expect(formatList([], locale)).toBe('')
})

it('shows a moment as the clock of the office does', () => {
  const moment = Temporal.Instant.from('2026-03-02T17:05:00Z')
  expect(formatInstant(moment, 'en', 'Asia/Shanghai')).toBe('3 March 2026 01:05')
  expect(formatInstant(moment, 'my', 'Asia/Shanghai')).toBe('၂၀၂၆ ခုနှစ် မတ်လ ၃ ရက် ၀၁:၀၅')
})

it('names languages, ours and others', () => {
  expect(inAll((locale) => languageName('zh-Hans', locale))).toEqual({
    zh: '中文',
    en: 'Chinese',
    th: 'จีน',
    vi: 'tiếng Trung',
    my: 'တရုတ်',
  })
  expect(languageName('lo', 'en')).toBe('Lao')
})
