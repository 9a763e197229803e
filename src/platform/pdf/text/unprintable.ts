import { familyCovering } from '#platform/pdf/fonts/coverage.ts'

/**
 * Characters that no face has. A text of our own with one of them is a mistake; what people wrote may hold any (an
 * emoji, a name in another script), and must not make a document impossible.
 */

/** `U+1F600` */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

const visible = /^[^\p{C}\p{Z}\p{M}]$/u

/** A character for an error message: itself with its number, or the number alone where there is nothing to see. */
export function describeCharacter(character: string): string {
  return visible.test(character) ? `${character} (${codePointName(character)})` : codePointName(character)
}

const listedAtMost = 20

/** Numbers of characters, for a sentence; not all where there are many. */
export function listOfCharacters(characters: readonly string[]): string {
  const listed = characters.slice(0, listedAtMost).map(codePointName).join(', ')
  return characters.length > listedAtMost ? `${listed} …` : listed
}

export function isPrintable(character: string): boolean {
  return character === '\n' || familyCovering([character.codePointAt(0) ?? 0], undefined) !== undefined
}

/** So many characters of a stretch are named where they stand. */
const namedAtMost = 3

/**
 * The text with each stretch that cannot be printed replaced by the numbers of its characters: `[U+1F600]`, and
 * `[U+05D0 U+05D1 U+05D2 …]` where there are more.
 */
export function withNames(text: string): string {
  let result = ''
  let stretch: string[] = []
  const flush = () => {
    if (stretch.length === 0) return
    const names = stretch.slice(0, namedAtMost).map(codePointName).join(' ')
    result += `[${names}${stretch.length > namedAtMost ? ' …' : ''}]`
    stretch = []
  }
  for (const character of text) {
    const isJoiner = character === '\u200d' && stretch.length > 0
    if (isJoiner) continue
    if (isPrintable(character)) {
      flush()
      result += character
    } else stretch.push(character)
  }
  flush()
  return result
}
