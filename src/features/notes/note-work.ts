import type { StaffActor } from '#features/accounts/enter-office.ts'
import { requireAgreement } from '#features/documents/queries.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import { newId } from '#platform/ids.ts'
import { zawgyiToUnicode } from '#platform/text/zawgyi.ts'
import { markSeen, writeNote } from './commands.ts'
import { type Colleague, emptyNote, type NoteDraft } from './model.ts'
import { colleaguesOf, type Note, notesPage } from './queries.ts'

/** What the page of an agreement's notes shows. */
export interface NoteWork {
  readonly agreementId: string
  readonly notes: readonly Note[]
  /** The note that the next page goes on from. */
  readonly older: string | undefined
  readonly colleagues: readonly Colleague[]
  readonly draft: NoteDraft
  readonly token: string
  readonly problems: readonly FieldProblem[]
  readonly status: number
  /** `resumed`: signed in again, not written yet. `sent`: this form was sent before and has been changed since. */
  readonly notice: 'resumed' | 'sent' | undefined
}

export interface NoteVisit {
  readonly actor: StaffActor
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly agreementId: string
  /** The note that older ones are asked for from. */
  readonly before: string | undefined
}

export type NoteOutcome = NoteWork | { readonly written: string } | { readonly seen: string; readonly home: boolean }

type Draftwork = Pick<NoteWork, 'draft'> & Partial<Pick<NoteWork, 'token' | 'problems' | 'status' | 'notice'>>

/** Opens the page, writes a note, or marks one as seen. @throws DomainError for what no form of ours sends, `not_found` */
export async function workOnNotes(context: AppContext, visit: NoteVisit): Promise<NoteOutcome> {
  const { database } = context
  const { id } = await requireAgreement(database, visit.actor, visit.agreementId)
  const done = visit.form === undefined ? { draft: emptyNote } : await send(context, visit, visit.form)
  if (!('draft' in done)) return done
  const page = await notesPage(database, visit.actor, id, visit.before)
  if (visit.before !== undefined && page.notes.length === 0) throw new DomainError('not_found')
  return {
    agreementId: id,
    ...page,
    colleagues: (await colleaguesOf(database, id)).filter((colleague) => colleague.id !== visit.actor.id),
    token: newId(),
    problems: [],
    status: 200,
    notice: undefined,
    ...done,
  }
}

async function send(
  context: AppContext,
  { actor, agreementId, resumed }: NoteVisit,
  form: FormData,
): Promise<Draftwork | Exclude<NoteOutcome, NoteWork>> {
  const fields = readFields(form, ['body', 'do', 'token', 'note', 'back'], ['mentions', 'keep'])
  const button = fields.text('do')
  if (button === 'seen') {
    if (!resumed) await markSeen(context, actor, fields.text('note'))
    return { seen: fields.text('note'), home: fields.text('back') === 'home' }
  }
  const draft = { body: fields.text('body'), mentions: fields.list('mentions'), keep: fields.list('keep') }
  const same = { draft, token: fields.text('token') }
  if (resumed) return { ...same, notice: 'resumed' }
  if (button === 'convert:body') return { ...same, draft: { ...draft, body: zawgyiToUnicode(draft.body) } }
  if (button === 'keep:body') return { ...same, draft: { ...draft, keep: ['body'] } }
  if (button !== 'save') throw new DomainError('bad_request', { parameter: 'do' })
  try {
    return { written: await writeNote(context, actor, { agreementId, token: same.token, draft }) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'invalid_input') return { ...same, problems: error.problems, status: error.status }
    if (error.code === 'duplicate') return { draft, notice: 'sent', status: error.status }
    throw error
  }
}
