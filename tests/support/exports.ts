import { buffer } from 'node:stream/consumers'
import Papa from 'papaparse'
import readXlsxFile from 'read-excel-file/node'
import type { Actor } from '#features/accounts/model.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { exportAgreements, type ExportContext } from '#features/agreement-exports/export.ts'
import type { ExportContents, ExportFormat } from '#features/agreement-exports/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'

export interface Wanted {
  readonly contents?: ExportContents
  readonly query?: string
  readonly locale?: Locale
}

/** An export as the bytes of its file. */
export async function exported(
  context: ExportContext,
  actor: Actor,
  format: ExportFormat,
  { contents = 'all', query = '', locale = 'en' }: Wanted = {},
): Promise<Buffer> {
  const filters = readOfficeFilters(new URLSearchParams(query))
  const { open } = await exportAgreements(context, actor, { filters, format, contents, locale })
  return buffer(open())
}

type Sheet = readonly Readonly<Record<string, unknown>>[]

/** The rows of a workbook by their headings, read by a library that did not write it. */
export async function readSheet(bytes: Buffer): Promise<Sheet> {
  const [sheet] = await readXlsxFile(bytes)
  const [headings = [], ...rows] = sheet?.data ?? []
  return rows.map((row) => Object.fromEntries(headings.map((heading, n) => [String(heading), row[n] ?? null])))
}

/** The same of a CSV file, as a reader of UTF-8 with its mark gets it. */
export function readCsv(bytes: Buffer): Sheet {
  const { data, errors } = Papa.parse<Record<string, unknown>>(new TextDecoder().decode(bytes), {
    header: true,
    skipEmptyLines: true,
  })
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
  return data
}
