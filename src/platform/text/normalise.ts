// C0 and C1 controls, soft hyphen, byte order mark, line and paragraph separators, and the marks that reorder text
// (they can make a name read as another). Joiners and zero-width spaces stay: Burmese, Thai and Khmer need them.
const unwanted =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu

/**
 * Text as it is stored: Unicode NFC, well-formed, trimmed, without control characters. Line breaks (as `\n`, at most
 * one empty line in a row) stay only with `lines`; otherwise every run of white space is one space.
 */
export function normaliseText(text: string, { lines = false }: { readonly lines?: boolean } = {}): string {
  const clean = text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(unwanted, '').normalize('NFC')
  if (!lines) return clean.replaceAll(/\s+/g, ' ').trim()
  return clean
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** How many characters a reader would count. */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

// The zeros of the decimal digits that keyboards here produce: Devanagari, Bengali, Thai, Lao, Burmese, Shan, Khmer
// and full-width; each is followed by its nine others.
const zeros = [0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x1090, 0x17e0, 0xff10]

/** The same text with decimal digits of other scripts as 0 to 9. */
export function asciiDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!
    const zero = zeros.find((first) => code >= first && code < first + 10)
    return zero === undefined ? digit : String(code - zero)
  })
}
