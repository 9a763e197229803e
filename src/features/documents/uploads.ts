import { authorise } from '#features/accounts/model.ts'
import type { UploadRoute } from '#platform/http/uploads.ts'
import { requireAgreement } from './queries.ts'

/** Who may send a file, before it is read: those who may add documents, to agreements that they may see. */
const admit: UploadRoute['admit'] = async ({ database }, actor, [, , agreementId = '']) => {
  authorise(actor, 'documents.add')
  await requireAgreement(database, actor, agreementId)
}

/** The pages of the office whose forms send a document. */
export const documentUploads: readonly UploadRoute[] = [
  { pattern: 'office/agreements/*/documents', admit },
  { pattern: 'office/agreements/*/documents/*', admit },
]
