import type { UploadRoute } from '#platform/http/uploads.ts'
import { certificateTraces } from './certificates.ts'
import { addressPattern } from './check-file.ts'
import { countVerification } from './limits.ts'

const check: Omit<UploadRoute, 'pattern'> = {
  admit: (context, _actor, _segments, clientAddress) => countVerification(context, 'files', clientAddress),
  examinedFor: async ({ database }) => [addressPattern, ...(await certificateTraces(database))],
}

/** The pages that compare a file with those that were issued. Nothing of it is kept. */
export const verificationUploads: readonly UploadRoute[] = [
  { pattern: 'verify', ...check },
  { pattern: 'verify/*', ...check },
]
