import type { StaffActor } from '#features/accounts/enter-office.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { type Download, fileDownload } from '#platform/uploads/download.ts'
import { requireDocument } from './queries.ts'

/** A version of a document as a file to save. @throws DomainError `not_found`, also for what the actor may not see */
export async function downloadVersion(
  { database, storage }: AppContext,
  actor: StaffActor,
  { agreementId, documentId, version }: { agreementId: string; documentId: string; version: string },
): Promise<Download> {
  const document = await requireDocument(database, actor, agreementId, documentId)
  const found = document.versions.find(({ number }) => String(number) === version)
  if (found === undefined) throw new DomainError('not_found')
  return fileDownload({ ...found, name: found.fileName }, () => storage.read(found.sha256))
}
