import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { storedFiles } from '#db/schema/index.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import type { Storage } from '#platform/storage/storage.ts'
import { type FileFlag, fileKinds } from '#platform/uploads/file-kinds.ts'
import { inspectFile } from '#platform/uploads/inspect.ts'
import { fileField, type UploadedFile } from '#platform/uploads/receive.ts'
import { fileNameOf } from './model.ts'

/** A file that is what it says and is in the storage, but in no record yet. */
export interface TakenFile {
  readonly sha256: string
  readonly sizeBytes: number
  readonly mediaType: string
  readonly flags: readonly FileFlag[]
  readonly fileName: string
}

/**
 * Looks into a file and keeps it.
 * @throws DomainError `invalid_input` on the file's field for what is not taken
 */
export async function takeFile(storage: Storage, file: UploadedFile): Promise<TakenFile> {
  const inspection = await inspectFile(file.path)
  if ('refusal' in inspection) throw fileProblem({ code: `file_${inspection.refusal}` })
  await storage.keep(file)
  const { kind, flags } = inspection
  const { sha256, sizeBytes, name } = file
  return { sha256, sizeBytes, mediaType: fileKinds[kind], flags, fileName: fileNameOf(name, kind) }
}

export function fileProblem(problem: Omit<FieldProblem, 'path'>): DomainError {
  return new DomainError('invalid_input', {}, [{ path: fileField, ...problem }])
}

/**
 * Records a file as one that something refers to. Whoever sweeps what nothing refers to waits for the transaction, or
 * has been here before: then the file has to be sent again.
 * @throws DomainError `busy`
 */
export async function recordFile(tx: Transaction, storage: Storage, file: TakenFile): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${lockOf(file.sha256)})`)
  if (!(await storage.has(file.sha256))) throw new DomainError('busy')
  const { fileName: _, flags, ...row } = file
  await tx
    .insert(storedFiles)
    .values({ ...row, flags: [...flags] })
    .onConflictDoNothing()
}

/** Whether a record refers to the file, once and for all within the transaction: nobody can add one meanwhile. */
export async function isRecorded(tx: Transaction, sha256: string): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(${lockOf(sha256)})`)
  const rows = await tx.select({ sha256: storedFiles.sha256 }).from(storedFiles).where(eq(storedFiles.sha256, sha256))
  return rows.length > 0
}

/** The key of PostgreSQL's lock for a file: 63 bits of its hash, as the decimal text of a `bigint`. */
function lockOf(sha256: string): string {
  return (BigInt(`0x${sha256.slice(0, 16)}`) >> 1n).toString()
}
