import { authorise } from '#features/accounts/model.ts'
import type { UploadRoute } from '#platform/http/uploads.ts'

/** The page whose form sends the office's own template. */
export const templateUploads: readonly UploadRoute[] = [
  {
    pattern: 'office/reports/template',
    // A promise that is refused, not a call that throws.
    admit: (_context, actor) => Promise.resolve(actor).then((who) => void authorise(who, 'settings.manage')),
  },
]
