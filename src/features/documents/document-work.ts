import type { StaffActor } from '#features/accounts/enter-office.ts'
import { mayChange } from '#features/agreements/own.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields, type SentFields } from '#platform/forms/read-fields.ts'
import { newId } from '#platform/ids.ts'
import { zawgyiToUnicode } from '#platform/text/zawgyi.ts'
import { maxFileBytes } from '#platform/uploads/receive.ts'
import { addDocument, addVersion, archiveDocument } from './commands.ts'
import {
  type AgreementDocument,
  checkDocument,
  type DocumentDraft,
  emptyDocument,
  languagesOffered,
  unsignedLanguages,
} from './model.ts'
import { documentsOf, requireAgreement, requireDocument } from './queries.ts'
import { type SentFile, sentFile } from './sent-file.ts'
import { signedLanguages } from './steps.ts'

/** A form that sends a file, as its page shows it: never less than what was typed. The file has to be chosen again. */
interface FormWork {
  readonly token: string
  readonly problems: readonly FieldProblem[]
  readonly status: number
  /** `resumed`: signed in again, not saved yet. `sent`: this form was saved before and has been changed since. */
  readonly notice: 'resumed' | 'sent' | undefined
}

/** What the page of an agreement's documents shows. */
export interface DocumentsWork extends FormWork {
  readonly agreementId: string
  /** Whether the person may add and archive here: officers their own agreements, administrators all. */
  readonly mayChange: boolean
  readonly documents: readonly AgreementDocument[]
  /** Authentic languages without a signed copy, where another has one. */
  readonly unsigned: readonly string[]
  /** Languages that a paper can be in. */
  readonly languages: readonly string[]
  readonly draft: DocumentDraft
}

/** What the page of one document shows. */
export interface DocumentWork extends FormWork {
  readonly mayChange: boolean
  readonly document: AgreementDocument
}

export interface DocumentVisit {
  readonly actor: StaffActor
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly agreementId: string
  readonly upload: App.Locals['upload']
}

const fresh = (): FormWork => ({ token: newId(), problems: [], status: 200, notice: undefined })

const megabyte = 1024 * 1024

/** Opens the page, or adds a document. @throws DomainError for what no form of ours sends, `not_found`, `forbidden` */
export async function workOnDocuments(
  context: AppContext,
  visit: DocumentVisit,
): Promise<DocumentsWork | { readonly saved: string }> {
  const { database } = context
  const { actor, form } = visit
  const agreement = await requireAgreement(database, actor, visit.agreementId)
  const done =
    form === undefined
      ? { draft: emptyDocument }
      : await sendDocument(context, visit, form, agreement.authenticLanguages)
  if ('saved' in done) return done
  return {
    agreementId: agreement.id,
    mayChange: mayChange(actor, agreement),
    documents: await documentsOf(database, actor, agreement.id),
    unsigned: unsignedLanguages(agreement.authenticLanguages, await signedLanguages(database, agreement.id)),
    languages: languagesOffered(agreement.authenticLanguages),
    ...fresh(),
    ...done,
  }
}

async function sendDocument(
  context: AppContext,
  visit: DocumentVisit,
  form: FormData,
  authentic: readonly string[],
): Promise<{ readonly saved: string } | (Partial<FormWork> & Pick<DocumentsWork, 'draft'>)> {
  await using file = await sentFile(context.storage, visit.upload, form)
  const fields = readFields(form, ['kind', 'title', 'language', 'do', 'token'], ['keep'])
  const typed = {
    kind: fields.text('kind'),
    title: fields.text('title'),
    language: fields.text('language'),
    keep: fields.list('keep'),
  }
  const button = fields.text('do')
  const token = fields.text('token')
  if (visit.resumed) return { draft: typed, token, notice: 'resumed', problems: [chooseAgain] }
  if (button === 'convert:title') return { draft: { ...typed, title: zawgyiToUnicode(typed.title) }, token }
  if (button === 'keep:title') return { draft: { ...typed, keep: ['title'] }, token }
  if (button !== 'save') throw new DomainError('bad_request', { parameter: 'do' })
  const checked = checkDocument(typed, authentic)
  const problems = ['problems' in checked ? checked.problems : [], fileProblems(file, 'problems' in checked)].flat()
  if ('problems' in checked || file.file === undefined || problems.length > 0) {
    return { draft: typed, token, problems, status: 422 }
  }
  const { agreementId, actor } = visit
  const added = await attempt(
    addDocument(context, actor, { agreementId, token, words: checked.words, file: file.file }),
  )
  return 'saved' in added ? added : { draft: typed, token, ...added }
}

/** Opens the page of a document, adds a version, archives it or takes it back. @throws DomainError as above */
export async function workOnDocument(
  context: AppContext,
  visit: DocumentVisit & { readonly documentId: string },
): Promise<DocumentWork | { readonly saved: string; readonly did: string }> {
  const { actor, form, agreementId, documentId } = visit
  const document = await requireDocument(context.database, actor, agreementId, documentId)
  const shown = { document, mayChange: mayChange(actor, await requireAgreement(context.database, actor, agreementId)) }
  if (form === undefined) return { ...shown, ...fresh() }
  await using file = await sentFile(context.storage, visit.upload, form)
  const fields = readFields(form, ['do', 'token'])
  const did = fields.text('do')
  const done = visit.resumed
    ? { notice: 'resumed' as const, problems: did === 'add_version' ? [chooseAgain] : [] }
    : await pressButton(context, visit, fields, file)
  if ('saved' in done) return { ...done, did }
  return { ...shown, ...fresh(), token: fields.text('token'), ...done }
}

async function pressButton(
  context: AppContext,
  { actor, agreementId, documentId }: DocumentVisit & { readonly documentId: string },
  fields: SentFields,
  file: SentFile,
): Promise<{ readonly saved: string } | Partial<FormWork>> {
  const token = fields.text('token')
  const button = fields.text('do')
  if (button === 'archive' || button === 'restore') {
    const archived = button === 'archive'
    return { saved: await archiveDocument(context, actor, { agreementId, documentId, token, archived }) }
  }
  if (button !== 'add_version') throw new DomainError('bad_request', { parameter: 'do' })
  const problems = fileProblems(file, false)
  if (file.file === undefined || problems.length > 0) return { problems, status: 422 }
  return attempt(addVersion(context, actor, { agreementId, documentId, token, file: file.file }))
}

/** What a person can mend in the form, or what came of it. */
async function attempt(saving: Promise<string>): Promise<{ readonly saved: string } | Partial<FormWork>> {
  try {
    return { saved: await saving }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'invalid_input') return { problems: error.problems, status: error.status }
    // Gone back to and changed: what was sent first is on record.
    if (error.code === 'duplicate') return { notice: 'sent', status: error.status, token: newId() }
    throw error
  }
}

/** No browser fills a file's field in again. */
const chooseAgain: FieldProblem = { path: 'file', code: 'file_again' }

/** @param isShownAgain the form, for something else: then its file has to be chosen once more */
function fileProblems({ file, notTaken }: SentFile, isShownAgain: boolean): FieldProblem[] {
  if (notTaken === 'too_large') {
    return [{ path: 'file', code: 'file_too_large', params: { megabytes: maxFileBytes / megabyte } }]
  }
  if (file === undefined) return [{ path: 'file', code: 'file_missing' }]
  return isShownAgain ? [chooseAgain] : []
}
