import path from 'node:path'
import { type CliCommand, UsageError } from '#cli/command.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { exportAgreements } from '#features/agreement-exports/export.ts'
import { writeWhole } from '#features/agreement-exports/file.ts'
import { exportFormats } from '#features/agreement-exports/model.ts'
import { unregisteredOcdsPrefix } from '#platform/config.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { isLocale, locales } from '#platform/i18n/locales.ts'

/**
 * `agreements export --format F --out FILE`: writes the office's released agreements as the public sees them; with
 * `--all`, every agreement of the office with all that is in the register. Headings and words are in the operator's
 * language, or in that of `--locale`. FILE is there in full or, when something goes wrong, as it was.
 */
export const agreementsExport: CliCommand = {
  name: 'agreements export',
  usage: `--format ${exportFormats.join('|')} --out FILE [--all] [--locale ${locales.join('|')}]`,
  options: { format: 'text', out: 'text', all: 'flag', locale: 'text' },
  required: ['format', 'out'],
  async run({ context, options, locale: operators, t, print }) {
    const format = exportFormats.find((one) => one === options['format'])
    const locale = options['locale'] ?? operators
    if (format === undefined) throw new UsageError(`--format must be one of ${exportFormats.join(', ')}`)
    if (!isLocale(locale)) throw new UsageError(`--locale must be one of ${locales.join(', ')}`)
    const file = path.resolve(String(options['out']))
    const request = {
      filters: readOfficeFilters(new URLSearchParams()),
      format,
      contents: options['all'] === true ? 'all' : 'public',
      locale,
    } as const
    const { count, open } = await exportAgreements(context, { kind: 'command_line' }, request)
    const stopped = new AbortController()
    const stop = () => stopped.abort(new Error('stopped'))
    process.once('SIGINT', stop).once('SIGTERM', stop)
    try {
      await writeWhole(file, open(), stopped.signal)
    } catch (error) {
      if (!stopped.signal.aborted && !isOfTheSystem(error)) throw error
      print(t('sheet:export.failed', { reason: (error as Error).message }))
      return 1
    } finally {
      process.off('SIGINT', stop).off('SIGTERM', stop)
    }
    print(t('sheet:export.written', { count, n: formatNumber(count, operators), file }))
    const { ocdsPrefix: prefix } = context.config
    if (format === 'ocds' && prefix === unregisteredOcdsPrefix) print(t('sheet:export.unregistered', { prefix }))
    return 0
  },
}

/** A disk that is full, a folder that is closed to this user: for the operator to mend. */
const isOfTheSystem = (error: unknown) => error instanceof Error && 'syscall' in error
