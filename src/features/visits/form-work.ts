import type { OfficeVisit } from '#features/accounts/enter-office.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import { newId } from '#platform/ids.ts'
import { zawgyiToUnicode } from '#platform/text/zawgyi.ts'
import type { Typed } from './model.ts'

/** What a form of this room shows. */
export interface FormState {
  readonly typed: Typed
  /** Ticked boxes that may come more than once. */
  readonly ticked: readonly string[]
  readonly token: string
  /** That the form was opened on; 0 for what is not there yet. */
  readonly version: number
  readonly problems: readonly FieldProblem[]
  readonly status: number
  /**
   * `resumed`: signed in again, not saved yet. `sent`: saved before, and changed since. `stale`: somebody else saved
   * meanwhile, and `theirs` is how it stands now.
   */
  readonly notice: 'resumed' | 'sent' | 'stale' | undefined
  readonly theirs: readonly { readonly field: string; readonly value: string }[]
}

export interface FormSort {
  readonly fields: readonly string[]
  /** Boxes that may be ticked more than once. */
  readonly boxes?: string
  /** How it stands now: as a form shows it, with its version. */
  readonly read: () => Promise<{ readonly typed: Typed; readonly ticked?: readonly string[]; readonly version: number }>
  readonly save: (sent: Pick<FormState, 'typed' | 'ticked' | 'token' | 'version'>) => Promise<string>
  readonly remove?: (token: string) => Promise<unknown>
}

export type FormOutcome = FormState | { readonly saved: string } | { readonly removed: true }

const quiet = { problems: [], status: 200, notice: undefined, theirs: [] } as const

/** Opens a form, or does what its buttons ask. @throws DomainError for what no form of ours sends, `not_found` */
export async function workOnForm(
  { form, resumed }: Pick<OfficeVisit, 'form' | 'resumed'>,
  sort: FormSort,
): Promise<FormOutcome> {
  const now = await sort.read()
  if (form === undefined) {
    return { ...quiet, typed: now.typed, ticked: now.ticked ?? [], token: newId(), version: now.version }
  }
  const sent = readFields(
    form,
    [...sort.fields, 'do', 'token', 'version'],
    ['keep', ...(sort.boxes === undefined ? [] : [sort.boxes])],
  )
  const version = Number(sent.text('version'))
  if (!/^\d{1,9}$/.test(sent.text('version'))) throw new DomainError('bad_request', { parameter: 'version' })
  const values = Object.fromEntries(sort.fields.map((field) => [field, sent.text(field)]))
  const typed: Typed = { values, keep: sent.list('keep') }
  const ticked = sort.boxes === undefined ? [] : sent.list(sort.boxes)
  const same: FormState = { ...quiet, typed, ticked, token: sent.text('token'), version }
  if (resumed) return { ...same, notice: 'resumed' }
  const [button, argument = ''] = sent.text('do').split(':', 2)
  if (button === 'convert' && argument in values) {
    return { ...same, typed: { ...typed, values: { ...values, [argument]: zawgyiToUnicode(values[argument] ?? '') } } }
  }
  if (button === 'keep') return { ...same, typed: { ...typed, keep: [...new Set([...typed.keep, argument])] } }
  if (button === 'remove' && sort.remove !== undefined) {
    await sort.remove(same.token)
    return { removed: true }
  }
  if (button !== 'save') throw new DomainError('bad_request', { parameter: 'do' })
  try {
    return { saved: await sort.save(same) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { code, problems, status } = error
    if (code === 'invalid_input') return { ...same, problems, status }
    if (code === 'duplicate') return { ...same, token: newId(), notice: 'sent', status }
    if (code !== 'stale_version') throw error
    const theirs = sort.fields
      .map((field) => ({ field, value: now.typed.values[field] ?? '' }))
      .filter(({ field, value }) => value !== values[field])
    return { ...same, token: newId(), version: now.version, notice: 'stale', theirs, status }
  }
}
