import { createHash } from 'node:crypto'
import { pauses } from '#platform/pauses.ts'

const pieceBytes = 1024 * 1024

/** SHA-256 of bytes, one part after the other; others have the thread in between. */
export async function hashOfBytes(...parts: readonly Uint8Array[]): Promise<Buffer> {
  const hash = createHash('sha256')
  const pause = pauses()
  for (const part of parts) {
    for (let from = 0; from < part.length; from += pieceBytes) {
      hash.update(part.subarray(from, from + pieceBytes))
      await pause()
    }
  }
  return hash.digest()
}
