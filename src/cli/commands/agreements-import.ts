import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { type CliCommand, UsageError } from '#cli/command.ts'
import { importFile, type FileFound } from '#features/agreement-imports/file-commands.ts'
import { MappingError, type MappingFile, parseMapping } from '#features/agreement-imports/mapping-file.ts'
import { columnLabel, problemText } from '#features/agreement-imports/problem-words.ts'
import { formatList, formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { SheetError } from '#platform/spreadsheet/model.ts'

/**
 * `agreements import`: takes a spreadsheet into the register; what is right in one transaction, the rest waits in a
 * batch. Exit code 1 with a line for each error when there are any.
 */
export const agreementsImport: CliCommand = {
  name: 'agreements import',
  usage: 'FILE [--dry-run] [--mapping FILE]',
  options: { 'dry-run': 'flag', mapping: 'text' },
  words: ['FILE'],
  async run({ context, options, words, t, locale, print }) {
    const file = path.resolve(words[0] ?? '')
    const status = await stat(file).catch(() => undefined)
    if (status?.isFile() !== true) throw new UsageError(`${words[0] ?? ''} is no file`)
    const dryRun = options['dry-run'] === true
    const fail = (line: string) => {
      print(line)
      return 1
    }
    try {
      const mapping = await mappingFrom(options['mapping'])
      if (!dryRun) print(t('imports:cli.declares'))
      const report = await importFile(
        context,
        { kind: 'command_line' },
        {
          ...{ path: file, fileName: path.basename(file), mapping, dryRun, locale },
          onProgress: progress(t, locale),
          onRead: (found) => tellFound(t, locale, found, print),
          onProblem: (row, heading, problem) => {
            const column = columnLabel(t, problem.key, [heading], [problem.key])
            print(t('imports:cli.error', { row, column, problem: problemText(t, locale, problem) }))
          },
        },
      )
      const { counts, added, importId } = report
      const n = (count: number) => formatNumber(count, locale)
      const { wrong, ready } = counts
      // What an earlier run of this file committed is in the register already, too.
      const same = counts.same + counts.done - added
      if (dryRun) print(t('imports:cli.tried', { ready: n(ready), same: n(same), wrong: n(wrong) }))
      else print(t('imports:cli.done', { added: n(added), same: n(same), wrong: n(wrong) }))
      if (!dryRun && wrong > 0) {
        print(
          t('imports:cli.waiting', { address: `${context.config.baseUrl}${paths.office.import(locale, importId)}` }),
        )
      }
      return wrong > 0 ? 1 : 0
    } catch (error) {
      if (error instanceof SheetError) return fail(problemText(t, locale, error))
      if (error instanceof MappingError) {
        const known = error.message === 'import_no_columns'
        const reason = known ? t('imports:problem.import_no_columns') : error.message
        return fail(t('imports:cli.mapping', { reason }))
      }
      throw error
    }
  },
}

async function mappingFrom(file: string | true | undefined): Promise<MappingFile> {
  if (file === undefined) return {}
  const text = await readFile(String(file), 'utf8').catch(() => undefined)
  if (text === undefined) throw new UsageError(`--mapping ${String(file)} cannot be read`)
  return parseMapping(text)
}

function tellFound(t: Translate, locale: Locale, found: FileFound, print: (line: string) => void): void {
  const n = (count: number) => ({ count, n: formatNumber(count, locale) })
  const { sheet, headerRow: row } = found
  print(sheet === '' ? t('imports:cli.headings', { row }) : t('imports:cli.sheet', { sheet, row }))
  if (found.encoding !== undefined) print(t('imports:found.encoding', { encoding: found.encoding.toUpperCase() }))
  if (found.hiddenSheets > 0) print(t('imports:found.hidden', n(found.hiddenSheets)))
  if (found.formulas > 0) print(t('imports:found.formulas', n(found.formulas)))
  if (found.merged > 0) print(t('imports:found.merged', n(found.merged)))
  if (found.unread.length > 0) print(t('imports:found.unread', { columns: formatList(found.unread, locale) }))
}

const worthTelling = 10_000

/** One line that counts, for those who look at a terminal. */
function progress(t: Translate, locale: Locale) {
  return (stage: 'read' | 'check' | 'commit', done: number) => {
    if (!process.stderr.isTTY && done % worthTelling !== 0) return
    const line = t(`imports:progress.${stage}`, { count: done, n: formatNumber(done, locale) })
    process.stderr.write(process.stderr.isTTY ? `\r${line}` : `${line}\n`)
  }
}
