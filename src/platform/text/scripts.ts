/**
 * The script of a character, as Unicode's Script property gives it, in ISO 15924 codes. Only the scripts that the
 * network prints are told apart; `Zyyy` is common (punctuation, digits, symbols), `Zinh` takes its base's script,
 * `Zzzz` is anything else.
 */
export type Script =
  'Latn' | 'Hani' | 'Thai' | 'Mymr' | 'Laoo' | 'Khmr' | 'Deva' | 'Cyrl' | 'Grek' | 'Zyyy' | 'Zinh' | 'Zzzz'

const patterns: readonly (readonly [Script, RegExp])[] = [
  ['Latn', /\p{Script=Latin}/u],
  ['Hani', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Mymr', /\p{Script=Myanmar}/u],
  ['Laoo', /\p{Script=Lao}/u],
  ['Khmr', /\p{Script=Khmer}/u],
  ['Deva', /\p{Script=Devanagari}/u],
  ['Cyrl', /\p{Script=Cyrillic}/u],
  ['Grek', /\p{Script=Greek}/u],
  ['Zinh', /\p{Script=Inherited}/u],
  ['Zyyy', /\p{Script=Common}/u],
]

const known = new Map<number, Script>()

/** Script of one code point. */
export function scriptOf(codePoint: number): Script {
  const cached = known.get(codePoint)
  if (cached !== undefined) return cached
  const character = String.fromCodePoint(codePoint)
  const script = patterns.find(([, pattern]) => pattern.test(character))?.[0] ?? 'Zzzz'
  known.set(codePoint, script)
  return script
}

const mark = /^[\p{M}\u200c\u200d\ufe00-\ufe0f]$/u
const marks = new Map<number, boolean>()

/** True for what never stands without the character before it: combining marks, joiners, variation selectors. */
export function isMark(codePoint: number): boolean {
  if (codePoint < 0x300) return false
  let result = marks.get(codePoint)
  if (result === undefined) {
    result = mark.test(String.fromCodePoint(codePoint))
    marks.set(codePoint, result)
  }
  return result
}
