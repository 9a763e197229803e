import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asciiDigits, normaliseText } from '#platform/text/normalise.ts'
import { looksLikeZawgyi, zawgyiToUnicode } from '#platform/text/zawgyi.ts'

test('text is stored in NFC, trimmed, without control characters', () => {
  expect(normaliseText('  Đa\u0323i ho\u0323c\u0000\u001b\n Cần\tThơ ')).toBe('Đại học Cần Thơ')
  expect(normaliseText('a\u202Eb\uFEFFc\uD800')).toBe('abc\uFFFD')
})

test('line breaks stay where lines are wanted', () => {
  expect(normaliseText('a \r\n b\r\n\r\n\r\n\r\nc', { lines: true })).toBe('a\nb\n\nc')
})

test('zero-width spaces and joiners stay: scripts here need them', () => {
  expect(normaliseText('ក\u200Bខ\u200Dគ\u200Cឃ')).toBe('ក\u200Bខ\u200Dគ\u200Cឃ')
})

test('normalising twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, lines) => {
      const once = normaliseText(text, { lines })
      expect(normaliseText(once, { lines })).toBe(once)
      expect(once.isWellFormed()).toBe(true)
      expect(once).not.toContain('\u0000')
    }),
  )
})

test('digits of every script here count as 0 to 9', () => {
  expect(asciiDigits('๒๕๖๙ ၂၀၂၆ ２０２６ ២០២៦ ໒໐໒໖ २०२६ ২০২৬ 2026')).toBe('2569 2026 2026 2026 2026 2026 2026 2026')
})

test('Zawgyi is told from Unicode, and converted', () => {
  const zawgyi = 'အျပည္ျပည္ဆိုင္ရာ လူ႔အခြင့္အေရး'
  const unicode = 'အပြည်ပြည်ဆိုင်ရာ လူ့အခွင့်အရေး'
  expect([looksLikeZawgyi(zawgyi), looksLikeZawgyi(unicode), looksLikeZawgyi('English'), looksLikeZawgyi('')]).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect(zawgyiToUnicode(zawgyi)).toBe(unicode.normalize('NFC'))
  expect(looksLikeZawgyi(zawgyiToUnicode(zawgyi))).toBe(false)
})

test('names of universities are not taken for Zawgyi, however short', () => {
  for (const name of ['ဒါကာတက္ကသိုလ်', 'မလာယာတက္ကသိုလ်', 'တက္ကသိုလ်']) expect(looksLikeZawgyi(name), name).toBe(false)
  for (const name of ['တကၠသိုလ္', 'ျမန္မာ', 'ေက်ာင္း', 'မဂၤလာပါ']) expect(looksLikeZawgyi(name), name).toBe(true)
})
