import { sql } from 'drizzle-orm'
import { hubSettings, reportEdits } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { recordFile, takeFile } from '#features/documents/stored-file.ts'
import { plainDecimal } from '#features/milestones/money.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import type { Storage } from '#platform/storage/storage.ts'
import { normaliseText } from '#platform/text/normalise.ts'
import type { UploadedFile } from '#platform/uploads/receive.ts'
import { checkValue, figureKey, limits, parseFigure } from './model.ts'
import { parsePeriod, periodKey } from './period.ts'
import { lockEdit } from './queries.ts'
import { checkTemplate, readKeptTemplate, templateSetting } from './template.ts'

export interface FigureEdit {
  readonly token: string
  readonly period: string
  readonly figure: string
  /** As typed; empty to take the edit back, so that what is counted stands again. */
  readonly value: string
  readonly reason: string
  /** Of the edit that the form showed; 0 for none. */
  readonly version: number
}

/**
 * Puts a value in the place of what was counted, with a reason; returns the figure.
 * @throws DomainError `not_found` for what is no period or figure, `invalid_input`, `stale_version` where somebody else
 * has changed it since
 */
export const editFigure = command('reports.edit', async (context: OnceContext, actor, input: FigureEdit) => {
  const [period, figure] = [parsePeriod(input.period), parseFigure(input.figure)]
  if (period === undefined || figure === undefined) throw new DomainError('not_found')
  const key = { period: periodKey(period), figure: figureKey(figure) }
  const reason = normaliseText(input.reason)
  const checked = normaliseText(input.value) === '' ? { value: null } : checkValue(figure, input.value)
  const problems: FieldProblem[] = []
  if ('problem' in checked) problems.push({ path: 'value', code: checked.problem })
  if (reason === '') problems.push({ path: 'reason', code: 'required' })
  if (reason.length > limits.reason)
    problems.push({ path: 'reason', code: 'too_long', params: { max: limits.reason, length: reason.length } })
  if ('problem' in checked || problems.length > 0) throw new DomainError('invalid_input', {}, problems)
  const { value } = checked
  const content = { ...key, value, reason }
  return once(context, actor, { token: input.token, action: 'report.edit', content }, async (tx) => {
    const before = await lockEdit(tx, key.period, key.figure)
    if ((before?.version ?? 0) !== input.version) throw new DomainError('stale_version')
    const at = context.clock.now()
    const row = {
      value,
      reason,
      version: input.version + 1,
      editedBy: actor.kind === 'user' ? actor.id : null,
      editedAt: at.toString(),
    }
    const written = await tx
      .insert(reportEdits)
      .values({ ...key, ...row })
      .onConflictDoUpdate({
        target: [reportEdits.period, reportEdits.figure],
        set: row,
        // Two who were the first at the same time: the second has not seen the first one's.
        ...(before === undefined ? { setWhere: sql`false` } : {}),
      })
      .returning({ figure: reportEdits.figure })
    if (written.length === 0) throw new DomainError('stale_version')
    const old = before?.value ?? null
    await recordAudit(tx, actor, {
      action: 'report.edit',
      subject: { kind: 'report', id: null },
      at,
      changes: [
        { field: `${key.period}.${key.figure}`, before: old === null ? null : plainDecimal(old), after: value },
        { field: 'reason', before: before?.reason ?? null, after: reason },
      ],
    })
    return key.figure
  })
})

export interface TemplateContext extends OnceContext {
  readonly storage: Storage
}

/**
 * Keeps a workbook as the template that reports are filled into, or goes back to the sample.
 * @throws DomainError `invalid_input` on `file` for one that is no workbook or has none of the names
 */
export const setTemplate = command(
  'settings.manage',
  async (
    context: TemplateContext,
    actor,
    input: { readonly token: string; readonly file: UploadedFile | undefined },
  ) => {
    const { file } = input
    const taken = file === undefined ? undefined : await takeFile(context.storage, file)
    if (taken !== undefined) await checkTemplate(context.storage, taken)
    const content = taken === undefined ? null : { sha256: taken.sha256, name: taken.fileName }
    return once(
      context,
      actor,
      { token: input.token, action: 'report.template', content: content ?? 'sample' },
      async (tx) => {
        const before = await readKeptTemplate(tx)
        if (taken !== undefined) await recordFile(tx, context.storage, taken)
        const at = context.clock.now()
        const value =
          taken === undefined ? {} : { sha256: taken.sha256, name: taken.fileName, sizeBytes: taken.sizeBytes }
        const row = { value, updatedAt: at.toString() }
        await tx
          .insert(hubSettings)
          .values({ key: templateSetting, ...row })
          .onConflictDoUpdate({ target: hubSettings.key, set: row })
        await recordAudit(tx, actor, {
          action: 'report.template',
          subject: { kind: 'settings', id: null },
          at,
          changes: [
            { field: 'template', before: before?.name ?? null, after: taken?.fileName ?? null },
            { field: 'sha256', before: before?.sha256 ?? null, after: taken?.sha256 ?? null },
          ],
        })
        return taken?.sha256 ?? ''
      },
    )
  },
)
