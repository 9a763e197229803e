import { createHash } from 'node:crypto'

/** What was seen of a file that went by; nothing of it is kept. */
export interface Examined {
  /** As the sender calls it. */
  readonly name: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly isPdf: boolean
  /** What the patterns matched, each once, in the order in which it stood in the file. */
  readonly found: readonly string[]
  /** SHA-256 of what stands before each `%%EOF`, that included: a PDF that was added to begins with what it was. */
  readonly beginnings: readonly string[]
}

/** Bytes that a match may have at most. */
const longestMatch = 512
const mostFound = 100
/** A file that was added to more often than this is nobody's everyday work. */
const mostBeginnings = 20

const endOfFile = '%%EOF'

/**
 * Reads a file as it comes, a chunk at a time.
 * @param patterns sources of regular expressions without groups, for the file's bytes as Latin-1
 */
export async function examine(
  source: AsyncIterable<Uint8Array>,
  patterns: readonly string[],
): Promise<Omit<Examined, 'name'>> {
  const wanted = new RegExp([endOfFile, ...patterns].join('|'), 'g')
  const hash = createHash('sha256')
  const found = new Set<string>()
  const beginnings = new Set<string>()
  let head = ''
  let sizeBytes = 0
  let rest: Buffer = Buffer.alloc(0)

  /** @param until matches that begin before this are taken, and so many bytes are done with */
  function take(bytes: Buffer, until: number): void {
    const words = bytes.toString('latin1')
    let hashed = 0
    const hashTo = (end: number) => {
      hash.update(bytes.subarray(hashed, end))
      hashed = end
    }
    for (const { 0: match, index } of words.matchAll(wanted)) {
      if (index >= until) break
      if (match !== endOfFile) {
        if (found.size < mostFound) found.add(match)
        continue
      }
      const end = index + match.length
      const lineEnd = /^\r?\n/.exec(words.slice(end, end + 2))?.[0].length ?? 0
      for (const at of lineEnd === 0 ? [end] : [end, end + lineEnd]) {
        if (beginnings.size >= mostBeginnings || at < hashed) continue
        hashTo(at)
        beginnings.add(hash.copy().digest('hex'))
      }
    }
    hashTo(Math.max(hashed, until))
    rest = Buffer.from(bytes.subarray(hashed))
  }

  for await (const chunk of source) {
    if (head.length < 1024) head += Buffer.from(chunk).toString('latin1').slice(0, 1024)
    sizeBytes += chunk.length
    const bytes = Buffer.concat([rest, chunk])
    if (bytes.length > longestMatch) take(bytes, bytes.length - longestMatch)
    else rest = bytes
  }
  take(rest, rest.length)
  // Readers take a PDF whose first line is not its first byte.
  const isPdf = head.slice(0, 1024).includes('%PDF-')
  return { sha256: hash.digest('hex'), sizeBytes, isPdf, found: [...found], beginnings: [...beginnings] }
}
