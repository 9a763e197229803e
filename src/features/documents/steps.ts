import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementDocuments } from '#db/schema/index.ts'

/**
 * Languages (BCP 47 tags) in which an agreement has a signed copy that is not archived. For the lifecycle's
 * requirements, within its transaction; it asks nobody for permission.
 */
export async function signedLanguages(tx: Queryable, agreementId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectDistinct({ language: agreementDocuments.language })
    .from(agreementDocuments)
    .where(
      and(
        eq(agreementDocuments.agreementId, agreementId),
        eq(agreementDocuments.kind, 'signed_copy'),
        isNull(agreementDocuments.archivedAt),
        isNotNull(agreementDocuments.language),
      ),
    )
  return rows.flatMap(({ language }) => language ?? []).toSorted()
}
