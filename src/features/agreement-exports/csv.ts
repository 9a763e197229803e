import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { headingOf, type SheetColumn } from '#features/agreements/sheet-columns.ts'
import type { ExportedAgreement } from './model.ts'
import { rowOf, type SheetReader } from './rows.ts'

/**
 * Comma-separated values (RFC 4180) in UTF-8, with the byte order mark by which Excel knows it. Text that a spreadsheet
 * would take for a formula has an apostrophe before it (OWASP, CSV injection); sheet-columns.ts reads it back.
 */
export function csvStream(
  agreements: AsyncIterable<ExportedAgreement>,
  columns: readonly SheetColumn[],
  reader: SheetReader,
): Readable {
  async function* rows() {
    yield columns.map(({ key }) => headingOf(reader.t, key))
    for await (const agreement of agreements) yield rowOf(agreement, columns, reader)
  }
  const source = Readable.from(rows())
  const csv = stringify({ bom: true, record_delimiter: 'windows', quote_record_delimiter: true, escape_formulas: true })
  source.on('error', (error) => csv.destroy(error))
  csv.on('close', () => source.destroy())
  return source.pipe(csv)
}
