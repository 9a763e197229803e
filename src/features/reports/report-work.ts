import type { OfficeVisit } from '#features/accounts/enter-office.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { officeDay } from '#platform/clock.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { readFields, sentVersion } from '#platform/forms/read-fields.ts'
import { newId } from '#platform/ids.ts'
import { may } from '#features/accounts/model.ts'
import { editFigure } from './commands.ts'
import { type Figure, figureKey } from './model.ts'
import { parsePeriod } from './period.ts'
import { readReport, type Report, type ReportLine, valueOf } from './queries.ts'
import { readTemplate } from './template.ts'

/** A figure that is being changed by hand. */
export interface Editing {
  readonly line: ReportLine
  readonly key: string
  readonly typed: { readonly value: string; readonly reason: string }
  readonly token: string
  readonly failure: DomainError | undefined
  /** Signed in again; not saved yet. */
  readonly resumed: boolean
}

export interface ReportWork {
  readonly hub: Hub
  readonly report: Report
  readonly editing: Editing | undefined
  /** Figures with something to say that the template has no place for. */
  readonly missing: readonly Figure[]
  readonly isDone: boolean
  readonly today: Temporal.PlainDate
  readonly status: number
}

type Visit = Pick<OfficeVisit, 'actor' | 'form' | 'resumed'>

/** The report of a period that the address names. @throws DomainError `not_found` for what is none */
export async function openReport(context: AppContext, actor: Visit['actor'], periodText: string): Promise<Report> {
  const period = parsePeriod(periodText)
  if (period === undefined) throw new DomainError('not_found')
  const { officeTimeZone: timeZone } = context.config
  return readReport(context.database, { actor, period, today: officeDay(context.clock, timeZone), timeZone })
}

/** Opens the page, or changes a figure. @throws DomainError `not_found`, `forbidden`, `bad_request` */
export async function workOnReport(
  context: AppContext,
  visit: Visit,
  { periodText, search }: { readonly periodText: string; readonly search: URLSearchParams },
): Promise<ReportWork | { readonly saved: string }> {
  const { actor, form, resumed } = visit
  const fields = form === undefined ? undefined : readFields(form, ['token', 'figure', 'version', 'value', 'reason'])
  const typed = fields && { value: fields.text('value'), reason: fields.text('reason') }
  let failure: DomainError | undefined
  if (fields !== undefined && typed !== undefined && !resumed) {
    const [token, figure, version] = [fields.text('token'), fields.text('figure'), sentVersion(fields)]
    try {
      await editFigure(context, actor, { token, period: periodText, figure, version, ...typed })
      return { saved: periodText }
    } catch (error) {
      if (!(error instanceof DomainError) || !['invalid_input', 'stale_version'].includes(error.code)) throw error
      failure = error
    }
  }
  const [hub, report, template] = await Promise.all([
    loadHub(context.database),
    openReport(context, actor, periodText),
    readTemplate(context.database, context.storage),
  ])
  const wanted = fields?.text('figure') ?? search.get('edit') ?? ''
  const line = may(actor, 'reports.edit') ? report.lines.find(({ figure }) => figureKey(figure) === wanted) : undefined
  const names = new Set(template.names)
  return {
    hub,
    report,
    editing: line && {
      line,
      key: wanted,
      typed: typed ?? { value: valueOf(line.now), reason: line.now.edit?.reason ?? '' },
      // What was refused may be sent again as it is; what is stale is a new step.
      token: failure?.code === 'invalid_input' ? (fields?.text('token') ?? newId()) : newId(),
      failure,
      resumed: fields !== undefined && resumed,
    },
    missing: report.lines
      .filter(({ figure, now }) => valueOf(now) !== '0' && !names.has(figureKey(figure).toLowerCase()))
      .map(({ figure }) => figure),
    isDone: search.has('done') && failure === undefined,
    today: officeDay(context.clock, context.config.officeTimeZone),
    status: failure?.status ?? 200,
  }
}
