import { and, eq, max } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementDocuments, documentVersions } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import { voidIfChanged } from '#features/reviews/steps.ts'
import type { Change } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid, once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import type { Storage } from '#platform/storage/storage.ts'
import type { UploadedFile } from '#platform/uploads/receive.ts'
import type { DocumentWords } from './model.ts'
import { requireAgreement } from './queries.ts'
import { fileProblem, recordFile, takeFile, type TakenFile } from './stored-file.ts'

export interface DocumentContext extends OnceContext {
  readonly storage: Storage
}

export interface NewDocument {
  readonly agreementId: string
  readonly token: string
  readonly words: DocumentWords
  readonly file: UploadedFile
}

/**
 * Puts a document on record with its first version; returns its id.
 * @throws DomainError `not_found`, `invalid_input` on `file` for one that is not taken
 */
export const addDocument = command(
  'documents.add',
  async (context: DocumentContext, actor, { agreementId, token, words, file }: NewDocument): Promise<string> => {
    await requireAgreement(context.database, actor, agreementId)
    const taken = await takeFile(context.storage, file)
    const language = words.language ?? null
    const content = { ...words, language, sha256: taken.sha256, fileName: taken.fileName }
    return once(context, actor, { token, action: `document.add:${agreementId}`, content }, async (tx) => {
      await lockOwn(tx, actor, agreementId)
      const id = newId()
      const at = context.clock.now()
      await tx.insert(agreementDocuments).values({
        id,
        agreementId,
        kind: words.kind,
        title: words.title,
        language,
        createdBy: userOf(actor),
        createdAt: at.toString(),
      })
      await insertVersion(tx, context, actor, { documentId: id, version: 1, file: taken })
      await recordAudit(tx, actor, {
        action: 'document.add',
        subject: { kind: 'agreement', id: agreementId },
        at,
        changes: [
          added('document', words.title),
          added('document.kind', words.kind),
          added('document.language', language),
          ...fileChanges(undefined, taken),
        ],
      })
      await voidIfChanged(tx, actor, { id: agreementId, at })
      return id
    })
  },
)

export interface NewVersion {
  readonly agreementId: string
  readonly documentId: string
  readonly token: string
  readonly file: UploadedFile
}

/**
 * Adds a version to a document; those before stay as they are. Returns the document's id.
 * @throws DomainError `not_found`, `gone` for an archived one, `invalid_input` on `file` for one that is not taken, or
 * that is the newest version already
 */
export const addVersion = command(
  'documents.add',
  async (context: DocumentContext, actor, { agreementId, documentId, token, file }: NewVersion): Promise<string> => {
    await requireAgreement(context.database, actor, agreementId)
    const taken = await takeFile(context.storage, file)
    const content = { sha256: taken.sha256, fileName: taken.fileName }
    return once(context, actor, { token, action: `document.add_version:${documentId}`, content }, async (tx) => {
      const document = await lockDocument(tx, actor, agreementId, documentId)
      if (document.archivedAt !== null) throw new DomainError('gone')
      const newest = await newestVersion(tx, documentId)
      if (newest.sha256 === taken.sha256) throw fileProblem({ code: 'file_same' })
      const version = newest.version + 1
      const at = context.clock.now()
      await insertVersion(tx, context, actor, { documentId, version, file: taken })
      await recordAudit(tx, actor, {
        action: 'document.add_version',
        subject: { kind: 'agreement', id: agreementId },
        at,
        changes: [added('document', document.title), ...fileChanges(newest, taken)],
      })
      await voidIfChanged(tx, actor, { id: agreementId, at })
      return documentId
    })
  },
)

export interface ArchivedDocument {
  readonly agreementId: string
  readonly documentId: string
  readonly token: string
  /** False to take it back from the archive. */
  readonly archived: boolean
}

/** Archives a document, or takes it back; done already, it does nothing. Returns its id. @throws DomainError `not_found` */
export const archiveDocument = command(
  'documents.archive',
  (context: OnceContext, actor, { agreementId, documentId, token, archived }: ArchivedDocument): Promise<string> => {
    const action = archived ? 'document.archive' : 'document.restore'
    return once(context, actor, { token, action: `${action}:${documentId}` }, async (tx) => {
      const document = await lockDocument(tx, actor, agreementId, documentId)
      if ((document.archivedAt !== null) === archived) return documentId
      const at = context.clock.now()
      await tx
        .update(agreementDocuments)
        .set({ archivedAt: archived ? at.toString() : null })
        .where(eq(agreementDocuments.id, documentId))
      await recordAudit(tx, actor, {
        action,
        subject: { kind: 'agreement', id: agreementId },
        at,
        changes: [added('document', document.title)],
      })
      await voidIfChanged(tx, actor, { id: agreementId, at })
      return documentId
    })
  },
)

const userOf = (actor: KnownActor) => (actor.kind === 'user' ? actor.id : null)

const added = (field: string, after: string | null): Change => ({ field, before: null, after })

function fileChanges(before: Pick<TakenFile, 'fileName' | 'sha256'> | undefined, after: TakenFile): Change[] {
  return [
    { field: 'document.file', before: before?.fileName ?? null, after: after.fileName },
    { field: 'document.sha256', before: before?.sha256 ?? null, after: after.sha256 },
  ]
}

/** The document, which nobody else changes until the transaction ends. */
async function lockDocument(tx: Transaction, actor: KnownActor, agreementId: string, documentId: string) {
  await lockOwn(tx, actor, agreementId)
  const [document] = isUuid(documentId)
    ? await tx
        .select()
        .from(agreementDocuments)
        .where(and(eq(agreementDocuments.id, documentId), eq(agreementDocuments.agreementId, agreementId)))
        .for('update')
    : []
  if (document === undefined) throw new DomainError('not_found')
  return document
}

async function newestVersion(tx: Transaction, documentId: string) {
  const ofDocument = eq(documentVersions.documentId, documentId)
  const newest = tx
    .select({ version: max(documentVersions.version) })
    .from(documentVersions)
    .where(ofDocument)
  const [row] = await tx
    .select()
    .from(documentVersions)
    .where(and(ofDocument, eq(documentVersions.version, newest)))
  if (row === undefined) throw new Error(`the document ${documentId} has no version`)
  return row
}

async function insertVersion(
  tx: Transaction,
  { storage, clock }: DocumentContext,
  actor: KnownActor,
  { documentId, version, file }: { readonly documentId: string; readonly version: number; readonly file: TakenFile },
): Promise<void> {
  await recordFile(tx, storage, file)
  await tx.insert(documentVersions).values({
    documentId,
    version,
    sha256: file.sha256,
    fileName: file.fileName,
    uploadedBy: userOf(actor),
    uploadedAt: clock.now().toString(),
  })
}
