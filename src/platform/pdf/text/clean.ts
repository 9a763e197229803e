/** Controls but the line feed, soft hyphens, which would need a hyphen drawn, and what marks the order of bytes. */
const unwanted = /[\u0000-\u0009\u000e-\u001f\u007f-\u009f\u00ad\ufeff]/gu

/**
 * What only tells other programs how to show a character: directions, tags, a choice between drawings that the faces do
 * not have (U+FE00 they have, for Burmese).
 */
const invisible = /[\u061c\u180b-\u180f\u200e\u200f\u202a-\u202e\u2066-\u206f\ufe01-\ufe0f\u{e0000}-\u{e01ef}]/gu

/** No language writes so many marks on one letter; Unicode's stream-safe form (UAX #15) stops at the same number. */
const marksOnOneLetter = /(\p{M}{30})\p{M}+/gu

/** Words as they are set: NFC, without what has no form, line feeds where lines end by hand. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u000b\u000c\u2028\u2029]/gu, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(unwanted, '')
    .replaceAll(invisible, '')
    .normalize('NFC')
    .replaceAll(marksOnOneLetter, '$1')
}

/** Words for what is not set but read by machines: titles, alternative texts. One line, and well-formed UTF-16. */
export function plainLine(text: string): string {
  return cleanText(text)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\ufffe\uffff]/gu, '')
    .trim()
    .toWellFormed()
}
