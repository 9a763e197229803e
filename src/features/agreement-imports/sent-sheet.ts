import type { TakenFile } from '#features/documents/stored-file.ts'
import { fileKinds } from '#platform/uploads/file-kinds.ts'
import type { StagedFile } from '#platform/storage/staging.ts'
import type { Spreadsheet } from '#platform/spreadsheet/model.ts'
import type { Storage } from '#platform/storage/storage.ts'

/** Keeps the file of a batch, so that another sheet of it can be read later; in no record yet. */
export async function keepSheet(storage: Storage, file: StagedFile, book: Spreadsheet): Promise<TakenFile> {
  await storage.keep(file)
  const mediaType = book.format === 'csv' ? 'text/csv' : fileKinds.xlsx
  return { sha256: file.sha256, sizeBytes: file.sizeBytes, mediaType, flags: [], fileName: '' }
}
