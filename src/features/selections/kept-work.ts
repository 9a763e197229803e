import type { OfficeVisit } from '#features/accounts/enter-office.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields, sentVersion } from '#platform/forms/read-fields.ts'
import { newId } from '#platform/ids.ts'
import { describeSelection, forgetSelection } from './commands.ts'
import { type KeptSelection, requireKept } from './queries.ts'

/** What the page of a kept selection shows. */
export interface KeptWork {
  readonly kept: KeptSelection
  readonly name: string
  readonly notes: string
  readonly token: string
  readonly version: number
  readonly problems: readonly FieldProblem[]
  readonly status: number
  readonly notice: 'resumed' | 'stale' | 'sent' | undefined
}

/** @throws DomainError `not_found`, `bad_request` for what no form of ours sends */
export async function workOnKept(
  context: AppContext,
  { actor, form, resumed }: OfficeVisit,
  id: string,
): Promise<KeptWork | { readonly done: 'saved' | 'forgotten' }> {
  const kept = await requireKept(context.database, id)
  const opened = { kept, token: newId(), version: kept.version, problems: [], status: 200, notice: undefined }
  if (form === undefined) return { ...opened, name: kept.name, notes: kept.notes ?? '' }
  const fields = readFields(form, ['do', 'token', 'version', 'name', 'notes'])
  const typed = { name: fields.text('name'), notes: fields.text('notes') }
  const token = fields.text('token')
  if (resumed) return { ...opened, ...typed, token, version: sentVersion(fields), notice: 'resumed' }
  if (fields.text('do') === 'forget') {
    await forgetSelection(context, actor, { id, token })
    return { done: 'forgotten' }
  }
  if (fields.text('do') !== 'save') throw new DomainError('bad_request', { parameter: 'do' })
  try {
    await describeSelection(context, actor, { id, token, version: sentVersion(fields), ...typed })
    return { done: 'saved' }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { code, problems, status } = error
    if (code === 'invalid_input') return { ...opened, ...typed, token, version: sentVersion(fields), problems, status }
    // Opened anew, with what was typed: how it stands now is told beside it.
    if (code === 'stale_version') return { ...opened, ...typed, notice: 'stale', status }
    if (code === 'duplicate') return { ...opened, ...typed, notice: 'sent', status }
    throw error
  }
}
