import myanmarTools from 'myanmar-tools'

/** Above this, text is taken for Zawgyi; the makers of the detector recommend 0.95 for offering a conversion. */
const threshold = 0.95

const myanmarLetters = /[\u1000-\u109F]/u

let probability: ((text: string) => number) | undefined
let convert: ((text: string) => string) | undefined

/** Whether Burmese text seems to be in the Zawgyi encoding, which looks right only in a Zawgyi font. */
export function looksLikeZawgyi(text: string): boolean {
  if (!myanmarLetters.test(text)) return false
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
