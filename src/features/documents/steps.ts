import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { agreementDocuments } from '#db/schema/index.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'

const languagesOfCopies = keptQuery<{ id: string }>()((database, value) =>
  database
    .selectDistinct({ language: agreementDocuments.language })
    .from(agreementDocuments)
    .where(
      and(
        eq(agreementDocuments.agreementId, value('id')),
        eq(agreementDocuments.kind, 'signed_copy'),
        isNull(agreementDocuments.archivedAt),
        isNotNull(agreementDocuments.language),
      ),
    ),
)

/**
 * Languages (BCP 47 tags) in which an agreement has a signed copy that is not archived. For the lifecycle's
 * requirements, within its transaction; it asks nobody for permission.
 */
export async function signedLanguages(tx: Queryable, agreementId: string): Promise<readonly string[]> {
  const rows = await languagesOfCopies(tx, { id: agreementId })
  return rows.flatMap(({ language }) => language ?? []).toSorted()
}

/**
 * Makes sure that a paper that something names is one of the agreement's own; null names none.
 * @throws DomainError `invalid_input` at the path
 */
export async function requirePaper(
  tx: Queryable,
  agreementId: string,
  documentId: string | null,
  path: string,
): Promise<void> {
  if (documentId === null) return
  const where = and(eq(agreementDocuments.id, documentId), eq(agreementDocuments.agreementId, agreementId))
  const [document] = isUuid(documentId)
    ? await tx.select({ id: agreementDocuments.id }).from(agreementDocuments).where(where)
    : []
  if (document === undefined) throw new DomainError('invalid_input', {}, [{ path, code: 'unknown_document' }])
}
