import myanmarTools from 'myanmar-tools'

/** Above this, text is taken for Zawgyi; the makers of the detector recommend 0.95 for offering a conversion. */
const threshold = 0.95

const myanmarLetters = /[\u1000-\u109F]/u

const letter = '[\\u1000-\\u102A\\u103F\\u104E]'
const kinzi = '(?:[\\u1004\\u101B\\u105A]\\u103A\\u1039)?'
const stacked = '(?:\\u1039[\\u1000-\\u1021])*'
const medials = '\\u103A?\\u103B?\\u103C?\\u103D?\\u103E?'
const vowels = '\\u1031?[\\u102D\\u102E]?[\\u102F\\u1030]?\\u1032?[\\u102B\\u102C]?'
const endings = '\\u103A?\\u1036?\\u1032?\\u1037?\\u103A?\\u1038?'

/**
 * Burmese syllables as Unicode orders them (Unicode Technical Note 11). The detector judges by frequency and takes
 * short words such as တက္ကသိုလ် (university) for Zawgyi; what is well formed as Unicode is not.
 */
const wellFormed = new RegExp(
  `^(?:[^\\u1000-\\u109F]|[\\u1040-\\u104F]|${kinzi}${letter}${stacked}${medials}${vowels}${endings})*$`,
  'u',
)

let probability: ((text: string) => number) | undefined
let convert: ((text: string) => string) | undefined

/** Whether Burmese text seems to be in the Zawgyi encoding, which looks right only in a Zawgyi font. */
export function looksLikeZawgyi(text: string): boolean {
  if (!myanmarLetters.test(text) || wellFormed.test(text)) return false
  if (probability === undefined) {
    const detector = new myanmarTools.ZawgyiDetector()
    probability = (words) => detector.getZawgyiProbability(words)
  }
  return probability(text) > threshold
}

/** The same words in Unicode, in NFC. A proposal: the person who typed them decides. */
export function zawgyiToUnicode(text: string): string {
  if (convert === undefined) {
    const converter = new myanmarTools.ZawgyiConverter()
    convert = (words) => converter.zawgyiToUnicode(words)
  }
  return convert(text).normalize('NFC')
}
