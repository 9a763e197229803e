import { authorise } from '#features/accounts/model.ts'
import type { UploadRoute } from '#platform/http/uploads.ts'

/** The page of the office that takes spreadsheets. Asked before a file is read. */
export const importUploads: readonly UploadRoute[] = [
  {
    pattern: 'office/imports',
    admit: (_, actor) => {
      authorise(actor, 'agreements.import')
      return Promise.resolve()
    },
  },
]
