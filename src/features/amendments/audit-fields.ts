import type { AuditValue } from '#platform/audit/canonical.ts'
import type { AmendmentWords } from './commands.ts'
import type { AmendmentChange } from './model.ts'

export const valuesOf = (changes: readonly AmendmentChange[]) => changes.map((change) => ({ ...change }))

/** An amendment as the audit trail speaks of it. */
export function auditFields(words: AmendmentWords): Record<string, AuditValue> {
  return {
    amendment: words.number,
    'amendment.kind': words.kind,
    'amendment.summary': words.summary,
    'amendment.signed': words.signedOn?.toString() ?? null,
    'amendment.effective': words.effectiveOn.toString(),
    'amendment.languages': words.languages,
    'amendment.document': words.documentId,
    'amendment.changes': valuesOf(words.changes),
  }
}
