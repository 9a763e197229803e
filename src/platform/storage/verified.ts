import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'

/** What was kept is not what its name says: the disk or somebody's hand changed it. */
export class DamagedFileError extends Error {
  override name = 'DamagedFileError'
}

/**
 * Lets bytes through and breaks off before the last of them when they are not those of the hash, so that a damaged
 * file is never taken for whole.
 */
export function verified(sha256: string): Transform {
  const hash = createHash('sha256')
  let held: Buffer | undefined
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      const before = held
      held = chunk
      done(null, before)
    },
    flush(done) {
      if (hash.digest('hex') !== sha256) return done(new DamagedFileError(`the file ${sha256} is damaged`))
      done(null, held)
    },
  })
}
