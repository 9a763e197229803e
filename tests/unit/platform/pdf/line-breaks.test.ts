import { describe, expect, test } from 'vitest'
import { lineBreaks } from '#platform/text/line-breaks.ts'

/** The text with a bar wherever a line may end. */
function withBars(text: string): string {
  let bars = ''
  let from = 0
  for (const { at } of lineBreaks(text)) {
    bars += `${text.slice(from, at)}|`
    from = at
  }
  return bars + text.slice(from)
}

describe('Chinese', () => {
  test.each([
    ['no punctuation begins a line', '学科，测试。', '学|科，|测|试。'],
    ['no opener ends a line', '（昆明）', '（昆|明）'],
    ['quotes are brackets', '说“你好”的', '说|“你|好”|的'],
    ['a dash stays with what it follows', '中国—东盟', '中|国—|东|盟'],
    ['a doubled dash and an ellipsis stay whole', '好……——好', '好……——|好'],
    ['a name dot begins no line', '约翰·史密斯', '约|翰·|史|密|斯'],
    ['a date keeps number and unit together', '2026年5月6日', '2026年|5月|6日'],
    ['a bracket may follow a Latin word on the next line', 'ASEAN（东盟）', 'ASEAN|（东|盟）'],
    ['an apostrophe inside a Latin word is none of these', '在Xi’an的', '在|Xi’an|的'],
  ])('%s', (_, text, expected) => {
    expect(withBars(text)).toBe(expected)
  })
})

describe('Thai', () => {
  test.each([
    ['words', 'มหาวิทยาลัยของรัฐ', 'มหาวิทยาลัย|ของ|รัฐ'],
    ['the repetition mark stays, even behind a space', 'ต่าง ๆ กัน', 'ต่าง ๆ |กัน'],
    ['the abbreviation mark stays', 'กรุงเทพฯ มี', 'กรุงเทพฯ |มี'],
    ['a name that no dictionary has stays whole', 'ในคุนหมิง', 'ใน|คุนหมิง'],
    ['a year stays with its era', 'ใน พ.ศ. 2507', 'ใน |พ.ศ. 2507'],
    ['digits and letters are no pair', 'ครั้งที่5', 'ครั้ง|ที่5'],
  ])('%s', (_, text, expected) => {
    expect(withBars(text)).toBe(expected)
  })
})

describe('Burmese', () => {
  test.each([
    ['spaces and words', 'မန္တလေး တက္ကသိုလ်', 'မန္တလေး |တက္ကသိုလ်'],
    ['a particle stays with its noun', 'တက္ကသိုလ်သည်', 'တက္ကသိုလ်သည်'],
    ['several particles stay', 'သင်ကြားပို့ချပါသည်', 'သင်ကြား|ပို့ချပါသည်'],
    ['section marks stay', 'ဖြစ်သည် ။', 'ဖြစ်သည် ။'],
    ['a name stays whole', 'ကူမင်း', 'ကူမင်း'],
  ])('%s', (_, text, expected) => {
    expect(withBars(text)).toBe(expected)
  })

  test('no line begins with a coda, a stacked consonant or a sign', () => {
    const text = 'အင်္ဂလိပ်စာဌာနသည်ဝိဇ္ဇာနှင့်သိပ္ပံဘာသာရပ်များကိုသင်ကြားပို့ချသည်မိတ္ထီလာအစ္စလာမ်'
    for (const { at } of lineBreaks(text)) {
      expect(text.slice(at)).not.toMatch(/^(?:[က-အ](?:[့း]?်|္)|[ါ-ှ])/u)
    }
    expect(lineBreaks(text).length).toBeGreaterThan(5)
  })
})

describe('every script', () => {
  test('Vietnamese and English break at spaces, an address behind its slashes', () => {
    expect(withBars('Đại học Hà Nội')).toBe('Đại |học |Hà |Nội')
    expect(withBars('see https://example.org/a/b')).toBe('see |https://|example.org/|a/|b')
  })

  test('Lao and Khmer break between words', () => {
    expect(withBars('ມະຫາວິທະຍາໄລແຫ່ງຊາດລາວ')).toBe('ມະຫາວິທະຍາໄລ|ແຫ່ງຊາດ|ລາວ')
    expect(withBars('សាកលវិទ្យាល័យភូមិន្ទ')).toBe('សាកល|វិទ្យាល័យ|ភូមិន្ទ')
  })

  test('a line feed must break', () => {
    expect(lineBreaks('one\ntwo')).toEqual([{ at: 4, required: true }])
  })

  test('no break is inside a grapheme', () => {
    const text = 'น้ำใจที่ကျွန်ုပ်တို့ကြောင့်ẹ́xស្រីขอบคุณ'
    const starts = new Set([...new Intl.Segmenter('und').segment(text)].map(({ index }) => index))
    for (const { at } of lineBreaks(text)) expect(starts).toContain(at)
  })
})
