/**
 * Characters that may not begin or end a line, beyond what UAX #14 forbids: Chinese rules of GB/T 15834 and CLREQ,
 * Thai ๆ and ฯ, the Burmese section signs.
 */

/** No line begins with these. */
const noStart = new Set('！％），．：；？］｝、。〃々〉》」』】〕〗〞…‥—～·•‧・”’%!?,.:;)]}»›℃°ๆฯ၊။ໆ។៕ៗ')

/** No line ends with these. */
const noEnd = new Set('（［｛〈《「『【〔〖〝“‘([{«‹$￥¥£€฿#＃@')

/** No line begins with these even where a space precedes them, as Thai writes before ๆ. */
const noStartAfterSpace = new Set('ๆฯ၊။ໆ។៕ៗ')

/**
 * Whether a line may break between two neighbours.
 * @param before the character before the break (a space where there is one)
 * @param after the character after it
 */
export function kinsokuAllows(before: string, after: string): boolean {
  if (noEnd.has(before)) return false
  if (/\s/u.test(before)) return !noStartAfterSpace.has(after)
  return !noStart.has(after)
}
