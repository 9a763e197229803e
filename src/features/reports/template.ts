import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { hubSettings } from '#db/schema/index.ts'
import { fileProblem, type TakenFile } from '#features/documents/stored-file.ts'
import type { Storage } from '#platform/storage/storage.ts'
import { fileKinds } from '#platform/uploads/file-kinds.ts'
import { namesIn } from '#platform/spreadsheet/template/fill.ts'
import { WorkbookError } from '#platform/spreadsheet/template/package.ts'
import { parseFigure } from './model.ts'

/** The key of the setting that says which workbook the office chose as its template. */
export const templateSetting = 'report_template'

const sample = new URL('sample-template.xlsx', import.meta.url)

/** A template of the office's own, in the storage. */
export interface KeptTemplate {
  readonly sha256: string
  readonly name: string
  readonly sizeBytes: number
}

export interface Template {
  /** Undefined: the sample. */
  readonly kept: KeptTemplate | undefined
  readonly bytes: Uint8Array
  /** Names of its cells, in lower case. */
  readonly names: readonly string[]
}

/** The template that was chosen; undefined for the sample. */
export async function readKeptTemplate(database: Queryable): Promise<KeptTemplate | undefined> {
  const [row] = await database.select().from(hubSettings).where(eq(hubSettings.key, templateSetting))
  const value = row?.value as Partial<KeptTemplate> | undefined
  return value?.sha256 === undefined ? undefined : (value as KeptTemplate)
}

/** The template that reports are filled into. @throws DomainError `not_found` where the storage has lost it */
export async function readTemplate(database: Queryable, storage: Storage): Promise<Template> {
  const kept = await readKeptTemplate(database)
  const bytes = kept === undefined ? await readFile(sample) : await buffer(await storage.read(kept.sha256))
  return { kept, bytes, names: namesIn(bytes) }
}

/** @throws DomainError `invalid_input` on the file for what is no workbook, or has no place for any figure */
export async function checkTemplate(storage: Storage, file: TakenFile): Promise<void> {
  if (file.mediaType !== fileKinds.xlsx) throw fileProblem({ code: 'template_kind' })
  const bytes = await buffer(await storage.read(file.sha256))
  if (!namesOf(bytes).some((name) => figureOfName(name) !== undefined)) throw fileProblem({ code: 'template_names' })
}

function namesOf(bytes: Uint8Array): string[] {
  try {
    return namesIn(bytes)
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error
    throw fileProblem({ code: error.problem === 'too_large' ? 'file_zip_bomb' : 'file_damaged' })
  }
}

/** The figure that a name in a template stands for, this year's or the year before's (`signed_before`). */
export function figureOfName(name: string) {
  const key = name.toLowerCase().replace(/_before$/, '')
  return parseFigure(key.replace(/_value_([a-z]{3})$/, (_, code: string) => `_value_${code.toUpperCase()}`))
}
