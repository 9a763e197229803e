const mostOctets = 75

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

const octetsIn = (text: string) => Buffer.byteLength(text)

/**
 * Content lines of RFC 5545 folded at 75 octets (§3.1), none within a letter with its marks: the standard allows that,
 * and readers that unfold only after decoding, or show the file as it is, then break Thai and Burmese syllables.
 * @param lines each ending with CRLF; what is returned is the same, unfolded by removing CRLF and a space
 */
export function foldLines(lines: string): string {
  return lines.split('\r\n').map(foldLine).join('\r\n')
}

function foldLine(line: string): string {
  if (octetsIn(line) <= mostOctets) return line
  let [folded, octets] = ['', 0]
  for (const piece of pieces(line)) {
    const size = octetsIn(piece)
    if (octets + size > mostOctets) {
      folded += '\r\n '
      // The space that begins the line counts.
      octets = 1
    }
    folded += piece
    octets += size
  }
  return folded
}

/** Graphemes; one that has no room on a line of its own by its code points, which are never broken. */
function* pieces(line: string): Generator<string> {
  for (const { segment } of graphemes.segment(line)) {
    if (octetsIn(segment) < mostOctets) yield segment
    else yield* segment
  }
}
