import { expect, test } from 'vitest'
import { headingPiecesOf, piecesOf } from '#platform/i18n/whole-words.ts'

const bars = (pieces: ReturnType<typeof piecesOf>) =>
  pieces.map(({ text, whole }) => (whole ? `[${text}]` : text)).join('')

test.each([
  ['มหาวิทยาลัยยูนนาน', 'มหาวิทยาลัย[ยูนนาน]'],
  ['ทะเบียนข้อตกลงที่เผยแพร่', 'ทะเบียน[ข้อตกลง]ที่[เผยแพร่]'],
  ['၁၉၂၂ ခုနှစ် ဒီဇင်ဘာလ', '၁၉၂၂ [ခုနှစ်] ဒီဇင်ဘာလ'],
  ['တောင်အာရှ', 'တောင်[အာရှ]'],
  ['植物生物安全', '植物生物安全'],
  ['Yunnan', 'Yunnan'],
  ['', ''],
])('%s', (text, expected) => {
  expect(bars(piecesOf(text))).toBe(expected)
})

test('a heading keeps Chinese words whole too, and leaves marks and other scripts alone', () => {
  expect(bars(headingPiecesOf('三方技术交流谅解备忘录'))).toBe('[三方][技术][交流][谅解][备忘录]')
  expect(bars(headingPiecesOf('中国—老挝 ASEAN'))).toBe('[中国]—[老挝] ASEAN')
  expect(bars(headingPiecesOf('ในยูนนาน'))).toBe('ใน[ยูนนาน]')
})
