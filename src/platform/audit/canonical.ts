import { createHash } from 'node:crypto'

/** A value as JSON can hold it; what the audit keeps of a field. */
export type AuditValue =
  string | number | boolean | null | readonly AuditValue[] | { readonly [key: string]: AuditValue }

/** JSON with the keys of every object in order: the same value gives the same text after a trip through `jsonb`. */
export function canonicalJson(value: AuditValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/** A value as a person reads it where nothing better is known: words as they are, the rest as JSON. */
export function textOf(value: AuditValue | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : canonicalJson(value)
}

/** SHA-256 as 64 hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** An instant as seals write it: UTC, six decimals, whatever form the driver gave it. */
export function canonicalInstant(instant: string): string {
  return Temporal.Instant.from(instant).toString({ fractionalSecondDigits: 6 })
}

export interface Change {
  readonly field: string
  readonly before: AuditValue
  readonly after: AuditValue
}

/** What a seal is made over instead of the values themselves; without the salt it tells nothing about them. */
export function commitment({ field, before, after }: Change, salt: string): string {
  return sha256(canonicalJson([salt, field, before, after]))
}

/** One event as the chain sees it. */
export interface SealedEvent {
  readonly id: string
  readonly at: string
  readonly actorKind: string
  readonly actorId: string | null
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string | null
  readonly commitments: readonly { readonly field: string; readonly commitment: string }[]
}

/** The hash before the first. */
export const genesisHash = '0'.repeat(64)

/** Links an event to everything sealed before it. */
export function sealHash(sequence: number, previousHash: string, event: SealedEvent): string {
  const commitments = event.commitments
    .toSorted((a, b) => (a.field < b.field ? -1 : 1))
    .map(({ field, commitment: value }) => [field, value])
  return sha256(
    canonicalJson([
      sequence,
      previousHash,
      event.id,
      canonicalInstant(event.at),
      event.actorKind,
      event.actorId,
      event.action,
      event.subjectKind,
      event.subjectId,
      commitments,
    ]),
  )
}
