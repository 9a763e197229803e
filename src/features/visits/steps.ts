import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { visits } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import type { AuditValue, Change } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'

type Row = typeof visits.$inferSelect

/** Locks a visit that may be changed. @throws DomainError `not_found`, `visit_archived` */
export async function lockVisit(tx: Transaction, id: string, { archived = false } = {}): Promise<Row> {
  const [row] = isUuid(id) ? await tx.select().from(visits).where(eq(visits.id, id)).for('update') : []
  if (row === undefined) throw new DomainError('not_found')
  if (row.archivedAt !== null && !archived) throw new DomainError('visit_archived')
  return row
}

/** Dates the visit and writes what was done to the audit trail, under the visit. */
export async function recordOn(
  tx: Transaction,
  actor: KnownActor,
  visitId: string,
  { action, at, changes = [] }: { action: string; at: Temporal.Instant; changes?: readonly Change[] },
): Promise<void> {
  await tx.update(visits).set({ updatedAt: at.toString() }).where(eq(visits.id, visitId))
  await recordAudit(tx, actor, { action: `visit.${action}`, subject: { kind: 'visit', id: visitId }, at, changes })
}

/** What became of each field; empty words count as nothing. */
export function changesBetween(before: object | undefined, after: object | undefined, prefix = ''): readonly Change[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const valueIn = (words: object | undefined, field: string): AuditValue => {
    const value = (words as Record<string, AuditValue> | undefined)?.[field] ?? null
    const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0
    return isEmpty ? null : value
  }
  return fields.map((field) => ({
    field: `${prefix}${field}`,
    before: valueIn(before, field),
    after: valueIn(after, field),
  }))
}

export const userOf = (actor: KnownActor) => (actor.kind === 'user' ? actor.id : null)
