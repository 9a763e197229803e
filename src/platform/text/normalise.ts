// C0 and C1 controls, soft hyphen, byte order mark, line and paragraph separators, and the marks that reorder text
// (they can make a name read as another). Joiners and zero-width spaces stay: Burmese, Thai and Khmer need them.
const unwanted = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu

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
  return [...text].length
}
