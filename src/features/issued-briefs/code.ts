import { randomBytes } from 'node:crypto'
import { asciiDigits } from '#platform/text/normalise.ts'

/**
 * Codes of issued briefs: 19 characters at random (95 bits) and a check character, in Crockford's alphabet, which has no
 * letter that looks like a digit. Written in groups of four; kept without hyphens.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const randomLength = 19
const groupLength = 4

/** What a code looks like in an address, and in a file: groups in capitals. */
export const codePattern = `[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}`

/** A new code. Two are never the same: by chance alone one would wait for longer than the sun shines. */
export function newCode(): string {
  const characters = Array.from(randomBytes(randomLength), (byte) => byte % alphabet.length)
  return [...characters, checkOf(characters)].map((value) => alphabet[value]).join('')
}

/** Longer than anything that a code is pasted with. */
const longestText = 500

/** Between the letters of a code, or around it: spaces, hyphens and stops of any script, and marks that nobody sees. */
const between = /[\s\p{Z}\p{P}\p{Dash}\p{Default_Ignorable_Code_Point}\u30fc]/gu

/**
 * The code that somebody wrote or typed: in any case and width, with digits of any script, with any hyphens, spaces and
 * stops, an O for a zero and an I or L for a one; or the address of its page, as a camera reads it from the QR. Undefined
 * for what is none; any one character mistaken and any two exchanged make it none.
 */
export function readCode(text: string): string | undefined {
  if (text.length > longestText) return undefined
  const characters = asciiDigits(text.normalize('NFKC').toUpperCase())
    .replace(/^.*\/VERIFY\/([^/?#]*).*$/su, '$1')
    .replaceAll(between, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  if (characters.length !== randomLength + 1) return undefined
  const values = Array.from(characters, (character) => alphabet.indexOf(character))
  const check = values.at(-1)
  return !values.includes(-1) && checkOf(values.slice(0, -1)) === check ? characters : undefined
}

/** As it is printed, and as addresses have it. */
export function writeCode(code: string): string {
  return (code.match(new RegExp(`.{${groupLength}}`, 'g')) ?? []).join('-')
}

/**
 * A weighted sum over the field of 32 elements. Each place has a weight of its own and none is zero, so that a mistaken
 * character and two exchanged ones always change it.
 */
function checkOf(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum = twice(sum ^ value)
  return sum
}

/** Times x, modulo x⁵ + x² + 1, whose powers run through all of the field but zero. */
function twice(value: number): number {
  const shifted = value << 1
  return shifted & 32 ? shifted ^ 0b100101 : shifted
}
