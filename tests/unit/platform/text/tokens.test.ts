import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { queryTokens, tokensOf, tsqueryOf, withoutDiacritics } from '#platform/text/tokens.ts'

/** Whether PostgreSQL would find the text: every token of the query among the text's, whole or as a beginning. */
function finds(query: string, text: string): boolean {
  const tokens = tokensOf(text)
  const asked = queryTokens(query)
  return (
    asked.length > 0 &&
    asked.every(({ token, prefix }) => tokens.some((one) => (prefix ? one.startsWith(token) : one === token)))
  )
}

const texts = {
  zh: '中国—老挝可再生能源开发与利用联合实验室',
  en: 'Memorandum of understanding on mountain agriculture',
  vi: 'Viện Hàn lâm Khoa học và Công nghệ Việt Nam',
  th: 'ห้องปฏิบัติการร่วมด้านพลังงานหมุนเวียน',
  my: 'တရုတ်-လာအို ပြန်ပြည့်မြဲစွမ်းအင် ပူးတွဲဓာတ်ခွဲခန်း',
}

describe('a text is found', () => {
  it.each([
    ['联', texts.zh],
    ['联合', texts.zh],
    ['联合实验室', texts.zh],
    ['室', texts.zh],
    ['mountain', texts.en],
    ['MEMO', texts.en],
    ['agri mount', texts.en],
    ['hàn lâm', texts.vi],
    ['khoa hoc', texts.vi],
    ['vien', texts.vi],
    ['ปฏิบัติการ', texts.th],
    ['พลังงาน', texts.th],
    ['พ', texts.th],
    ['ဓာတ်ခွဲခန်း', texts.my],
    ['စွမ်းအင်', texts.my],
    ['联合 2026', '联合实验室 2026'],
    ['云科合〔2026〕12号', '云科合〔2026〕12号'],
  ])('by %s', (query, text) => expect(finds(query, text)).toBe(true))

  it.each([
    ['实联', texts.zh],
    ['ocean', texts.en],
    ['ขนส่ง', texts.th],
    ['ပင်လယ်', texts.my],
    ['', texts.en],
    ['—', texts.zh],
  ])('but not by %s', (query, text) => expect(finds(query, text)).toBe(false))
})

test('any part of a Chinese, Thai or Burmese text finds it', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
  for (const text of [texts.zh, texts.th, texts.my]) {
    const clusters = [...segmenter.segment(text)].map(({ segment }) => segment)
    fc.assert(
      fc.property(fc.nat(clusters.length - 1), fc.integer({ min: 1, max: 12 }), (start, length) => {
        const part = clusters.slice(start, start + length).join('')
        if (queryTokens(part).length > 0) expect(finds(part, text), part).toBe(true)
      }),
    )
  }
})

test('a query is never more than words to PostgreSQL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (query) => {
      const tsquery = tsqueryOf(query)
      if (tsquery !== undefined) expect(tsquery).toMatch(/^'[^'\\]+'(?::\*)?(?: & '[^'\\]+'(?::\*)?)*$/u)
    }),
  )
})

test('Vietnamese loses its marks, and nothing else', () => {
  expect(withoutDiacritics('Đại học Quốc gia đường')).toBe('Dai hoc Quoc gia duong')
})
