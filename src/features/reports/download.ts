import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { StaffActor } from '#features/accounts/enter-office.ts'
import { loadHub } from '#features/hub/queries.ts'
import { officeDay } from '#platform/clock.ts'
import type { AppContext } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { type Download, fileDownload } from '#platform/uploads/download.ts'
import { fileKinds } from '#platform/uploads/file-kinds.ts'
import { openReport } from './report-work.ts'
import { readTemplate } from './template.ts'
import { reportBytes, reportFileName } from './workbook.ts'

/** A report filled into the template. @throws DomainError `not_found` for what is no period */
export async function downloadReport(
  context: AppContext,
  actor: StaffActor,
  { periodText, locale }: { readonly periodText: string; readonly locale: Locale },
): Promise<Download> {
  const [hub, report, template] = await Promise.all([
    loadHub(context.database),
    openReport(context, actor, periodText),
    readTemplate(context.database, context.storage),
  ])
  const t = translator(locale)
  const today = officeDay(context.clock, context.config.officeTimeZone)
  return workbook(reportFileName(report, t), reportBytes(report, template.bytes, { hub, t, locale, today }))
}

/** The template that is in use. @throws DomainError `not_found` where the storage has lost it */
export async function downloadTemplate({ database, storage }: AppContext): Promise<Download> {
  const { kept, bytes } = await readTemplate(database, storage)
  return workbook(kept?.name ?? 'report-template.xlsx', bytes)
}

function workbook(name: string, bytes: Uint8Array): Download {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = { name, sha256, sizeBytes: bytes.length, mediaType: fileKinds.xlsx }
  return fileDownload(file, () => Promise.resolve(Readable.from([Buffer.from(bytes)])))
}
