import type { Storage } from '#platform/storage/storage.ts'
import { fileField, type ReceivedUpload, type UploadedFile } from '#platform/uploads/receive.ts'

/** The file that came with a form. */
export interface SentFile extends AsyncDisposable {
  readonly file: UploadedFile | undefined
  readonly notTaken: ReceivedUpload['notTaken']
}

const nothing = () => Promise.resolve()

/**
 * The file of a form: the server has taken it out of the body already. The development server does not, so there it is
 * in the form, and is taken out here and staged.
 */
export async function sentFile(
  storage: Storage,
  upload: ReceivedUpload | undefined,
  form: FormData,
): Promise<SentFile> {
  if (upload !== undefined) return { file: upload.file, notTaken: upload.notTaken, [Symbol.asyncDispose]: nothing }
  const part = form.get(fileField)
  if (!(part instanceof File)) return { file: undefined, notTaken: undefined, [Symbol.asyncDispose]: nothing }
  form.delete(fileField)
  if (part.name === '') return { file: undefined, notTaken: undefined, [Symbol.asyncDispose]: nothing }
  const staged = await storage.stage(part.stream())
  return { file: { ...staged, name: part.name }, notTaken: undefined, [Symbol.asyncDispose]: staged.discard }
}
