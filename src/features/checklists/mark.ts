import { type AuditValue, canonicalJson, sha256 } from '#platform/audit/canonical.ts'
import type { GivenAnswer } from './model.ts'

/** A mark of the answers that somebody saw: it changes as soon as one of them does. */
export function markOf(given: readonly GivenAnswer[]): string {
  const sorted = given.toSorted((a, b) => (a.point < b.point ? -1 : 1))
  return sha256(canonicalJson(sorted.map(({ point, answer, reason }): AuditValue => [point, answer, reason]))).slice(
    0,
    16,
  )
}
