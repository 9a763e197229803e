import type { Readable } from 'node:stream'
import type { StagedFile } from './staging.ts'

/** A file that is kept, as a listing of the storage tells of it. */
export interface KeptFile {
  readonly sha256: string
  readonly keptAt: Temporal.Instant
}

/**
 * Where files are kept for good, by their content: the name of a file is the SHA-256 of its bytes (64 hexadecimal
 * digits). A file is there whole or not at all, and is never changed or written over.
 */
export interface Storage {
  /**
   * Writes what comes to a file of its own that nobody else sees, and hashes it by the way. Its caller discards it,
   * also when it was kept.
   * @throws whatever the source throws; then nothing is left
   */
  readonly stage: (source: AsyncIterable<Uint8Array>) => Promise<StagedFile>
  /** Keeps a staged file under its hash. Where it is there already, nothing happens. */
  readonly keep: (file: StagedFile) => Promise<void>
  readonly has: (sha256: string) => Promise<boolean>
  /**
   * The bytes of a kept file. The stream breaks off before its end when they are not those that the name stands for.
   * @throws DomainError `not_found` where there is none
   */
  readonly read: (sha256: string) => Promise<Readable>
  readonly list: () => AsyncIterable<KeptFile>
  /** For files that no record names. Those that are not there count as removed. */
  readonly remove: (sha256: string) => Promise<void>
  /** Removes what uploads that were killed left behind. */
  readonly sweepStaged: (olderThan: Temporal.Instant) => Promise<void>
}
