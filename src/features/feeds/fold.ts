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
  const letters = graphemes.segment(line)
  const folded: string[] = []
  // The space that begins every further line counts.
  for (let [from, room] = [0, mostOctets]; from < line.length; room = mostOctets - 1) {
    const reached = reach(line, from, room)
    const letter = reached < line.length ? (letters.containing(reached)?.index ?? reached) : reached
    // A letter that has no room on a line of its own is broken between its code points.
    const to = letter > from ? letter : reached
    folded.push(line.slice(from, to))
    from = to
  }
  return folded.join('\r\n ')
}

/** Where the line has to end at the latest, counted from `from`: before the code point that has no room any more. */
function reach(line: string, from: number, room: number): number {
  let [at, octets] = [from, 0]
  while (at < line.length) {
    const code = line.codePointAt(at) ?? 0
    octets += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (octets > room) break
    at += code < 0x10000 ? 1 : 2
  }
  return at
}
