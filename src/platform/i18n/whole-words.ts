import { nameRanges } from '#platform/text/names.ts'
import { remembered } from './remembered.ts'

/** Part of a text; `whole` where no line may end inside. */
export interface Piece {
  readonly text: string
  readonly whole: boolean
}

const unspaced = /[\u0e00-\u0e7f\u1000-\u109f]/
const han = /\p{Script=Han}{2}/u
const chineseWords = new Intl.Segmenter('zh', { granularity: 'word' })

/** Lists say the same states, kinds and titles again and again. */
const cut = remembered(5000, cutAroundNames)

/** A text cut around the Thai and Burmese words that dictionaries of browsers do not know and would break in two. */
export function piecesOf(text: string): readonly Piece[] {
  if (!unspaced.test(text)) return [{ text, whole: false }]
  return cut(text)
}

function cutAroundNames(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const range of nameRanges(text)) {
    if (range.start > end) pieces.push({ text: text.slice(end, range.start), whole: false })
    pieces.push({ text: text.slice(range.start, range.end), whole: true })
    end = range.end
  }
  if (end < text.length) pieces.push({ text: text.slice(end), whole: false })
  return pieces
}

/**
 * The same for a heading, where a Chinese word broken in two is seen at once; in running text it may be. The marks
 * between words stay with the browser, which knows what may begin and end a line.
 */
export function headingPiecesOf(text: string): readonly Piece[] {
  if (!han.test(text)) return piecesOf(text)
  return Array.from(chineseWords.segment(text), ({ segment }) => ({ text: segment, whole: han.test(segment) }))
}
