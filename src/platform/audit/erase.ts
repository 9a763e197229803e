import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { auditChanges, auditEvents } from '#db/schema/index.ts'

/**
 * Erases values of a subject from the trail for good (a person asked for it): values and salt go, the commitment
 * stays, and the chain still verifies. Needs the database's owner: the application's own role may not.
 * Returns the number of changes erased.
 */
export async function eraseAuditValues(
  owner: Database,
  subject: { readonly kind: string; readonly id: string },
  fields: readonly string[],
): Promise<number> {
  const events = owner
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(and(eq(auditEvents.subjectKind, subject.kind), eq(auditEvents.subjectId, subject.id)))
  const erased = await owner
    .update(auditChanges)
    .set({ before: null, after: null, salt: null })
    .where(
      and(
        inArray(auditChanges.eventId, events),
        inArray(auditChanges.field, [...fields]),
        isNotNull(auditChanges.salt),
      ),
    )
    .returning({ field: auditChanges.field })
  return erased.length
}
