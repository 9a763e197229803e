import LineBreaker from 'linebreak'
import { kinsokuAllows } from '#platform/text/kinsoku.ts'
import { wordBreaks } from '#platform/text/word-breaks.ts'

/** A place where a line may, or must, end: `at` is the UTF-16 index of what would begin the next line. */
export interface LineBreak {
  readonly at: number
  readonly required: boolean
}

const han = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u
/** A hyphen at the end of a line is taken for a division and lost when text is copied; addresses have many. */
const hyphen = /[-\u2010]/u
/** A number stays with its 年, 月 or 日. */
const dateUnit = /^\d[年月日]/u
/** A Thai year stays with its era. */
const eraBefore = /[พค]\.ศ\. ?$/u
const wordCharacter = /[\p{L}\p{N}]/u

/**
 * Curly quotes and dashes are ambiguous in UAX #14, which keeps them glued to both sides. Beside Chinese they are
 * brackets, and a line may break outside them.
 */
function disambiguated(text: string): string {
  return text.replaceAll(/[“”‘’]/gu, (quote, index: number) => {
    const neighbours = (text[index - 1] ?? '') + (text[index + 1] ?? '')
    if (!han.test(neighbours)) return quote
    return quote === '“' || quote === '‘' ? '「' : '」'
  })
}

/**
 * Every place where a line of this text may end, in order; the end of the text is not among them. UAX #14, with
 * dictionary words for the scripts that write none, and without the places that Chinese, Thai or Burmese forbid.
 */
export function lineBreaks(text: string): LineBreak[] {
  const places = new Map<number, boolean>()
  const breaker = new LineBreaker(disambiguated(text))
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    if (next.position < text.length) places.set(next.position, next.required)
  }
  for (const at of wordBreaks(text)) if (!places.has(at)) places.set(at, false)
  for (const match of text.matchAll(/[（［｛〈《「『【〔〖]/gu)) {
    if (match.index > 0 && wordCharacter.test(text[match.index - 1] ?? '')) places.set(match.index, false)
  }
  return [...places]
    .filter(([at, required]) => required || kinsokuAllows(text[at - 1] ?? '', text[at] ?? ''))
    .filter(([at, required]) => required || !hyphen.test(text[at - 1] ?? ''))
    .filter(([at]) => !dateUnit.test(text.slice(at - 1, at + 1)))
    .filter(([at]) => !(eraBefore.test(text.slice(Math.max(0, at - 6), at)) && /\d/u.test(text[at] ?? '')))
    .map(([at, required]) => ({ at, required }))
    .sort((one, other) => one.at - other.at)
}
