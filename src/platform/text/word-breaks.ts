import { nameRanges } from '#platform/text/names.ts'

/**
 * Word boundaries inside Thai, Lao, Khmer and Burmese, which write no spaces between words: a line may break there
 * and at no other place within a phrase.
 */

const letters = {
  th: /[\p{Script=Thai}&&[\p{L}\p{M}]]/v,
  lo: /[\p{Script=Lao}&&[\p{L}\p{M}]]/v,
  km: /[\p{Script=Khmer}&&[\p{L}\p{M}]]/v,
  my: /[\p{Script=Myanmar}&&[\p{L}\p{M}]]/v,
} as const

type Unspaced = keyof typeof letters

const anyUnspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu

const segmenters = new Map<Unspaced, Intl.Segmenter>()

function segmenter(language: Unspaced): Intl.Segmenter {
  let found = segmenters.get(language)
  if (!found) {
    found = new Intl.Segmenter(language, { granularity: 'word' })
    segmenters.set(language, found)
  }
  return found
}

function languageOf(character: string): Unspaced | undefined {
  return (Object.keys(letters) as Unspaced[]).find((language) => letters[language].test(character))
}

/** A consonant that closes the syllable before it (asat, kinzi, the upper one of a stack), or a sign. */
const burmeseCoda = /^(?:[\u1000-\u1021\u103f\u104e](?:[\u1037\u1038]?\u103a|\u1039)|[\u102b-\u103e])/u

/** Burmese particles that lean on the word before them, one or several; a line that begins with one reads as a slip. */
const burmeseParticles =
  /^(?:သည်|သည့်|၏|၌|ကို|တွင်|မှ|နှင့်|များ|ပြီး|သော|ရာ|ဖြင့်|တို့|ကြောင်း|အား|လျက်|ပါ|ခဲ့|မည်|၍|က|သို့|အတွက်|ကြ|ရန်|ရေး|မှု|ခု|ဦး|ရသေး|သေး|ဗေဒ)+$/u

/** Thai or Lao that cannot open a word: a vowel or mark that follows its consonant. */
const dependent = /^[\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6-\u0ece\u17b4-\u17d3\u17dd]/u

/** One Thai consonant alone is no word (ณ and ธ are): a dictionary leaves it over from a name it does not know. */
const loneThaiConsonant = /^[\u0e01-\u0e2e]$/u

function isLone(word: string | undefined): boolean {
  return word !== undefined && loneThaiConsonant.test(word) && word !== 'ณ' && word !== 'ธ'
}

function breaksOfPhrase(phrase: string): number[] {
  const language = languageOf(phrase[0] ?? '')
  if (!language) return []
  const words = [...segmenter(language).segment(phrase)]
  const places: number[] = []
  for (const [index, word] of words.entries()) {
    const previous = words[index - 1]
    if (!previous) continue
    const rest = phrase.slice(word.index)
    const isLetterPair = letters[language].test(phrase[word.index - 1] ?? '') && letters[language].test(rest[0] ?? '')
    if (!isLetterPair || dependent.test(rest) || burmeseCoda.test(rest)) continue
    if (language === 'my' && burmeseParticles.test(word.segment)) continue
    if (phrase[word.index - 1] === '\u1039' || isLone(previous.segment) || isLone(word.segment)) continue
    places.push(word.index)
  }
  return places
}

/** UTF-16 indices of the word boundaries between two letters of one unspaced script. */
export function wordBreaks(text: string): number[] {
  const places: number[] = []
  for (const match of text.matchAll(anyUnspaced)) {
    for (const at of breaksOfPhrase(match[0])) places.push(match.index + at)
  }
  const names = nameRanges(text)
  return places.filter((at) => !names.some(({ start, end }) => start < at && at < end))
}
