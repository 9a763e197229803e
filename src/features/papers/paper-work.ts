import type { StaffActor } from '#features/accounts/enter-office.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import { mayChange } from '#features/agreements/own.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import { documentOptions } from '#features/documents/queries.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { readFields, type SentFields } from '#platform/forms/read-fields.ts'
import { zawgyiToUnicode } from '#platform/text/zawgyi.ts'
import type { Typed } from './check.ts'
import { recordFiling, removePaper, savePaper } from './commands.ts'
import { markOf } from './mark.ts'
import { type Filing, filingFields, type Paper, paperFields, type PaperKind, paperKinds } from './model.ts'
import { filingOf, papersOf } from './queries.ts'

/** The form that is open: of a new row of a kind, of one that is there, or of the filing. */
export interface OpenForm {
  readonly form: PaperKind | 'filing'
  /** Undefined for a new row. */
  readonly id: string | undefined
  readonly seen: string
  readonly typed: Typed
  readonly keep: readonly string[]
}

export interface PaperWork {
  readonly record: AgreementRecord
  readonly papers: readonly Paper[]
  readonly filing: Filing
  readonly documents: readonly { readonly id: string; readonly title: string }[]
  readonly mayRecord: boolean
  readonly open: OpenForm | undefined
  readonly failure: DomainError | undefined
  readonly resumed: boolean
  readonly status: number
}

export interface PaperVisit {
  readonly actor: StaffActor
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly id: string
  /** What the address says: `add`, a kind; `edit`, a row's id. */
  readonly query: URLSearchParams
}

const allFields = [...new Set(paperKinds.flatMap((kind) => Object.keys(paperFields[kind]))), ...filingFields]

/** Opens the page, or does what one of its forms asks for. @throws DomainError `not_found`, `bad_request` */
export async function workOnPapers(
  context: AppContext,
  visit: PaperVisit,
): Promise<PaperWork | { readonly done: string }> {
  const { database } = context
  const record = await requireRecord(database, visit.actor, visit.id)
  const sent = visit.form === undefined ? undefined : readSent(visit.form)
  let failure: DomainError | undefined
  let open = sent?.open
  if (sent !== undefined && !visit.resumed) {
    const pressed = press(sent)
    if (pressed !== undefined) open = pressed
    else {
      try {
        return { done: await act(context, visit, sent) }
      } catch (error) {
        if (!(error instanceof DomainError) || !['invalid_input', 'stale_version', 'duplicate'].includes(error.code))
          throw error
        failure = error
      }
    }
  }
  const papers = await papersOf(database, record.id)
  const filing = await filingOf(database, record.id)
  open ??= sent === undefined ? opened(visit.query, papers) : undefined
  // After a collision the form keeps what was typed, over what stands now.
  if (failure?.code === 'stale_version' && open !== undefined) open = { ...open, seen: markNow(open, papers, filing) }
  return {
    record,
    papers,
    filing,
    documents: await documentOptions(database, visit.actor, record.id),
    mayRecord: mayChange(visit.actor, record),
    open,
    failure,
    resumed: sent !== undefined && visit.resumed,
    status: failure?.status ?? 200,
  }
}

interface Sent {
  readonly button: string
  readonly token: string
  readonly open: OpenForm | undefined
  readonly seen: string
  readonly target: { readonly kind: PaperKind; readonly id: string } | undefined
}

const isKind = (text: string): text is PaperKind => (paperKinds as readonly string[]).includes(text)

function readSent(form: FormData): Sent {
  const fields = readFields(form, ['do', 'token', 'form', 'id', 'seen', ...allFields], ['keep'])
  const [name, button] = [fields.text('form'), fields.text('do')]
  const [id, seen] = [fields.text('id') || undefined, fields.text('seen')]
  if (button === 'remove') {
    if (!isKind(name) || id === undefined) throw new DomainError('bad_request', { parameter: 'form' })
    return { button, token: fields.text('token'), seen, open: undefined, target: { kind: name, id } }
  }
  if (name !== 'filing' && !isKind(name)) throw new DomainError('bad_request', { parameter: 'form' })
  const open = {
    form: isKind(name) ? name : ('filing' as const),
    id,
    seen,
    typed: typedIn(isKind(name) ? name : 'filing', fields),
    keep: fields.list('keep'),
  }
  return { button, token: fields.text('token'), seen, open, target: undefined }
}

const fieldsOf = (form: OpenForm['form']): readonly string[] =>
  form === 'filing' ? filingFields : Object.keys(paperFields[form])

const typedIn = (form: OpenForm['form'], fields: SentFields): Typed =>
  Object.fromEntries(fieldsOf(form).map((field) => [field, fields.text(field)]))

/** What the buttons beside a Zawgyi text make of the form; undefined for any other button. */
function press({ button, open }: Sent): OpenForm | undefined {
  const [name = '', path = ''] = button.split(':', 2)
  if (open === undefined || !['keep', 'convert'].includes(name)) return undefined
  if (!fieldsOf(open.form).includes(path)) throw new DomainError('bad_request', { parameter: 'do' })
  if (name === 'keep') return { ...open, keep: [...new Set([...open.keep, path])] }
  return { ...open, typed: { ...open.typed, [path]: zawgyiToUnicode(open.typed[path] ?? '') } }
}

async function act(context: AppContext, { actor, id }: PaperVisit, sent: Sent): Promise<string> {
  const common = { agreementId: id, token: sent.token, seen: sent.seen }
  if (sent.target !== undefined) {
    await removePaper(context, actor, { ...common, ...sent.target })
    return 'removed'
  }
  const { open } = sent
  if (open === undefined || sent.button !== 'save') throw new DomainError('bad_request', { parameter: 'do' })
  const { typed, keep } = open
  if (open.form === 'filing') await recordFiling(context, actor, { ...common, typed, keep })
  else await savePaper(context, actor, { ...common, kind: open.form, id: open.id, typed, keep })
  return 'saved'
}

function opened(query: URLSearchParams, papers: readonly Paper[]): OpenForm | undefined {
  const add = query.get('add') ?? ''
  if (isKind(add)) return { form: add, id: undefined, seen: '', typed: {}, keep: [] }
  const paper = papers.find(({ id }) => id === query.get('edit'))
  if (paper === undefined) return undefined
  const typed = Object.entries(paper.values).map(([field, value]) => [field, value === null ? '' : String(value)])
  return {
    form: paper.kind,
    id: paper.id,
    seen: markOf(paper.values),
    typed: Object.fromEntries(typed) as Typed,
    keep: [],
  }
}

function markNow(open: OpenForm, papers: readonly Paper[], filing: Filing): string {
  if (open.form === 'filing') return markOf({ ...filing })
  const paper = papers.find(({ id }) => id === open.id)
  return paper === undefined ? '' : markOf(paper.values)
}
