import type { Actor } from '#features/accounts/model.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { type Download, madeDownload } from '#platform/uploads/download.ts'
import { exportAgreements, type ExportContext } from './export.ts'
import { exportContents, type ExportFormat, exportFormats } from './model.ts'

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  ocds: 'application/json',
}

const endings: Readonly<Record<ExportFormat, string>> = { xlsx: 'xlsx', csv: 'csv', json: 'json', ocds: 'ocds.json' }

/**
 * The list that an address asks for as a file: `format`, `contents`, and the filters of the list.
 * @throws DomainError `bad_request` for what does not exist.
 */
export async function downloadExport(
  context: ExportContext,
  actor: Actor,
  search: URLSearchParams,
  locale: Locale,
): Promise<Download> {
  const one = <Value extends string>(name: string, known: readonly Value[]): Value => {
    const found = known.find((value) => value === search.get(name))
    if (found === undefined || search.getAll(name).length > 1) throw new DomainError('bad_request', { parameter: name })
    return found
  }
  const format = one('format', exportFormats)
  const contents = one('contents', exportContents)
  const filters = readOfficeFilters(search)
  const { open } = await exportAgreements(context, actor, { filters, format, contents, locale })
  const day = officeDay(context.clock, context.config.officeTimeZone).toString()
  const name = `agreements-${contents === 'public' ? 'public-' : ''}${day}.${endings[format]}`
  return madeDownload({ name, mediaType: mediaTypes[format] }, () => Promise.resolve(open()))
}
