import { type AuditValue, canonicalJson, sha256 } from '#platform/audit/canonical.ts'

/** A mark of what a form was opened on: another one means that somebody has changed it since. */
export function markOf(content: AuditValue): string {
  return sha256(canonicalJson(content)).slice(0, 16)
}
