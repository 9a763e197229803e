import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementDocuments, agreements, documentVersions, storedFiles } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import type { FileFlag } from '#platform/uploads/file-kinds.ts'
import type { AgreementDocument, DocumentKind, DocumentVersion } from './model.ts'

/** What a page about an agreement's papers needs of the agreement itself. */
export interface AgreementOfPapers {
  readonly id: string
  readonly authenticLanguages: readonly string[]
  readonly officerId: string | null
  readonly createdBy: string | null
}

/** The agreement. @throws DomainError `not_found`, also for one that the actor may not see */
export async function requireAgreement(database: Queryable, actor: Actor, id: string): Promise<AgreementOfPapers> {
  const [row] = isUuid(id)
    ? await database
        .select({
          id: agreements.id,
          authenticLanguages: agreements.authenticLanguages,
          officerId: agreements.officerId,
          createdBy: agreements.createdBy,
        })
        .from(agreements)
        .where(and(eq(agreements.id, id), visibleTo(actor)))
    : []
  if (row === undefined) throw new DomainError('not_found')
  return row
}

/** The documents of an agreement with all their versions, oldest first; none where the actor may not see it. */
export async function documentsOf(
  database: Queryable,
  actor: Actor,
  agreementId: string,
): Promise<readonly AgreementDocument[]> {
  const rows = await versionRows(database, actor, agreementId)
  const people = await namesOfUsers(
    database,
    rows.map((row) => row.version.uploadedBy),
  )
  return [...Map.groupBy(rows, (row) => row.document.id).values()].flatMap((own) => {
    const document = own[0]?.document
    if (document === undefined) return []
    return {
      id: document.id,
      agreementId,
      kind: document.kind as DocumentKind,
      title: document.title,
      language: document.language ?? undefined,
      archivedAt: document.archivedAt === null ? undefined : Temporal.Instant.from(document.archivedAt),
      versions: own.map(({ version, file }) => versionOf(version, file, people.get(version.uploadedBy ?? ''))),
    }
  })
}

function versionRows(database: Queryable, actor: Actor, agreementId: string) {
  return database
    .select({ document: agreementDocuments, version: documentVersions, file: storedFiles })
    .from(agreementDocuments)
    .innerJoin(agreements, eq(agreements.id, agreementDocuments.agreementId))
    .innerJoin(documentVersions, eq(documentVersions.documentId, agreementDocuments.id))
    .innerJoin(storedFiles, eq(storedFiles.sha256, documentVersions.sha256))
    .where(and(eq(agreementDocuments.agreementId, agreementId), visibleTo(actor)))
    .orderBy(asc(agreementDocuments.createdAt), asc(agreementDocuments.id), desc(documentVersions.version))
}

function versionOf(
  version: typeof documentVersions.$inferSelect,
  file: typeof storedFiles.$inferSelect,
  uploader: string | undefined,
): DocumentVersion {
  return {
    number: version.version,
    fileName: version.fileName,
    sha256: file.sha256,
    sizeBytes: file.sizeBytes,
    mediaType: file.mediaType,
    flags: file.flags as FileFlag[],
    uploader,
    uploadedAt: Temporal.Instant.from(version.uploadedAt),
  }
}

/** One document of an agreement. @throws DomainError `not_found`, also for what the actor may not see */
export async function requireDocument(
  database: Queryable,
  actor: Actor,
  agreementId: string,
  documentId: string,
): Promise<AgreementDocument> {
  const { id } = await requireAgreement(database, actor, agreementId)
  const document = (await documentsOf(database, actor, id)).find((one) => one.id === documentId)
  if (document === undefined) throw new DomainError('not_found')
  return document
}

/** Documents that a record of the same agreement can point to as its evidence: those not archived, by title. */
export async function documentOptions(
  database: Queryable,
  actor: Actor,
  agreementId: string,
): Promise<readonly { readonly id: string; readonly kind: DocumentKind; readonly title: string }[]> {
  const rows = await database
    .select({ id: agreementDocuments.id, kind: agreementDocuments.kind, title: agreementDocuments.title })
    .from(agreementDocuments)
    .innerJoin(agreements, eq(agreements.id, agreementDocuments.agreementId))
    .where(
      and(eq(agreementDocuments.agreementId, agreementId), isNull(agreementDocuments.archivedAt), visibleTo(actor)),
    )
    .orderBy(asc(agreementDocuments.title), asc(agreementDocuments.id))
  return rows.map((row) => ({ ...row, kind: row.kind as DocumentKind }))
}
