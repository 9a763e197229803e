import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { Queryable } from '#db/client.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { settingsFrom, type Target } from './model.ts'
import { columnLabel, problemText } from './problem-words.ts'
import { type ImportBatch, wrongRows } from './queries.ts'

/**
 * Everything that is wrong as CSV, in flat memory: row, column, value, what is wrong. What a spreadsheet would take for
 * a formula is written as text.
 */
export function errorsFile(database: Queryable, batch: ImportBatch, t: Translate, locale: Locale): Readable {
  const { columns } = settingsFrom(batch.settings)
  async function* lines() {
    yield (['row', 'name', 'value', 'problem'] as const).map((name) => t(`imports:column.${name}`))
    for await (const { number, cells, problems } of wrongRows(database, batch.id)) {
      for (const problem of problems) {
        const value = cells[columns.indexOf(problem.key as Target)] ?? ''
        const column = columnLabel(t, problem.key, batch.headings, columns)
        yield [String(number), column, value, problemText(t, locale, problem)]
      }
    }
  }
  return Readable.from(lines()).pipe(stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' }))
}
