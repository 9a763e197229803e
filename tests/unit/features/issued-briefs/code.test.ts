import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePattern, newCode, readCode, writeCode } from '#features/issued-briefs/code.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const code = fc.noShrink(fc.constant(undefined).map(() => newCode()))

test('a code has five groups of four, from an alphabet without letters that look alike', () => {
  const codes = Array.from({ length: 2000 }, newCode)
  for (const one of codes) expect(writeCode(one)).toMatch(new RegExp(`^${codePattern}$`))
  expect(new Set(codes).size).toBe(codes.length)
  // 19 characters at random and one that checks: 95 bits, when every character is as likely as any other.
  for (let at = 0; at < 20; at += 1) expect(new Set(codes.map((one) => one[at])).size, `place ${at}`).toBe(32)
})

test('it is read back as people write it', () => {
  fc.assert(
    fc.property(code, (one) => {
      const written = writeCode(one)
      expect(readCode(written)).toBe(one)
      expect(readCode(` ${written.toLowerCase().replaceAll('-', ' – ')} `)).toBe(one)
      expect(readCode(written.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(one)
      expect(readCode(one.replaceAll('1', 'I'))).toBe(one)
      // As an input method for Chinese writes Latin letters.
      const wide = Array.from(one, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join('')
      expect(readCode(wide)).toBe(one)
      expect(readCode(wide.replaceAll('０', 'ｏ').replaceAll('１', 'Ｉ'))).toBe(one)
      for (const zero of ['๐', '၀', '০', '０'].map((digit) => digit.codePointAt(0) ?? 0)) {
        const digits = written.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))
        expect(readCode(digits)).toBe(one)
      }
    }),
    { numRuns: 200 },
  )
})

test('it is found in what is pasted with it: stops, brackets, marks that nobody sees, the whole address', () => {
  const one = newCode()
  const written = writeCode(one)
  for (const text of [
    `${written}.`,
    `（${written}）`,
    `「${written}」。`,
    `\ufeff${written.replaceAll('-', '\u200b-\u00ad')}\u200e`,
    written.replaceAll('-', '\u2212'),
    written.replaceAll('-', 'ー'),
    written.replaceAll('-', '\u3000'),
    written.replaceAll('-', '\n'),
    `https://hub.example.org/my/verify/${written}`,
    `http://127.0.0.1:4321/zh/verify/${written.toLowerCase()}/?from=qr#x`,
    `/verify/${written}`,
  ]) {
    expect(readCode(text), text).toBe(one)
  }
  expect(readCode(`https://hub.example.org/my/verify/${written.slice(1)}`)).toBeUndefined()
  expect(readCode(`${written} ${written}`)).toBeUndefined()
  expect(readCode(written + '.'.repeat(1000))).toBeUndefined()
})

test('one character mistaken, or two exchanged, and it is none', () => {
  for (let round = 0; round < 20; round += 1) {
    const one = newCode()
    for (let at = 0; at < one.length; at += 1) {
      for (const letter of alphabet) {
        if (letter !== one[at]) expect(readCode(one.slice(0, at) + letter + one.slice(at + 1))).toBeUndefined()
      }
      for (let other = at + 1; other < one.length; other += 1) {
        if (one[at] === one[other]) continue
        const letters = Array.from(one)
        letters[at] = one[other] ?? ''
        letters[other] = one[at] ?? ''
        expect(readCode(letters.join(''))).toBeUndefined()
      }
    }
  }
})

test.each([
  '',
  '-',
  'ABCD',
  'A'.repeat(10_000),
  '%00',
  'ABCD-EFGH-JKMN-PQRS-TVW!',
  '二〇二六',
  '../../etc/passwd',
  'U'.repeat(20),
])('%o is no code', (text) => expect(readCode(text)).toBeUndefined())
