import type { StaffActor } from '#features/accounts/enter-office.ts'
import { sentFile } from '#features/documents/sent-file.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields, sentVersion } from '#platform/forms/read-fields.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'
import { SheetError } from '#platform/spreadsheet/model.ts'
import { maxFileBytes } from '#platform/uploads/receive.ts'
import { chooseSheet, discardImport, placeHeader, startImport, takeColumns } from './commands.ts'
import { type ImportSettings, parseSettings, settingsFrom, takesSeveral, type Target } from './model.ts'
import { type ImportBatch, requireImport } from './queries.ts'
import { foldName } from './words-in-cells.ts'
import { beginWork } from './work.ts'

export interface ImportVisit {
  readonly actor: StaffActor
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly locale: Locale
}

/** What is wrong with a form: codes of this room or of every form. */
export interface FormWork {
  readonly problems: readonly FieldProblem[]
  readonly status: number
}

const megabyte = 1024 * 1024
const wrong = (path: string, code: string, params: FieldProblem['params'] = {}): FormWork => ({
  problems: [{ path, code, params }],
  status: 422,
})

export const nothingWrong: FormWork = { problems: [], status: 200 }

/** Takes a file that was sent; its batch, and whether that is one in which the file waits already. */
export async function workOnUpload(
  context: AppContext,
  { actor, form, resumed, locale }: ImportVisit,
  upload: App.Locals['upload'],
): Promise<FormWork | { readonly saved: string; readonly known: boolean }> {
  if (form === undefined) return nothingWrong
  await using sent = await sentFile(context.storage, upload, form)
  const fields = readFields(form, ['token', 'do'])
  if (resumed) return wrong('file', 'file_again')
  if (sent.notTaken === 'too_large') return wrong('file', 'file_too_large', { megabytes: maxFileBytes / megabyte })
  if (sent.file === undefined) return wrong('file', 'file_missing')
  try {
    const token = fields.text('token') || newId()
    const id = await startImport(context, actor, { token, file: sent.file, locale })
    const { state } = await requireImport(context.database, actor, id)
    if (state === 'reading') await beginWork(context, actor, { id, commit: false })
    return { saved: id, known: state !== 'reading' }
  } catch (error) {
    if (error instanceof SheetError) return wrong('file', error.code, error.params)
    if (error instanceof DomainError && error.code === 'duplicate') {
      return { saved: String(error.params['outcome']), known: true }
    }
    throw error
  }
}

export const mostNamesAsked = 40

/** What a button of the batch's page did. */
export type BatchWork =
  | { readonly did: 'opened' }
  | { readonly did: 'discarded' | 'answered' | 'resumed' }
  /** How many agreements came into the register; undefined where the work goes on. */
  | { readonly did: 'committed'; readonly added: number | undefined }

/** Commits, answers, resumes or discards. @throws DomainError for what no form of ours sends */
export async function workOnBatch(
  context: AppContext,
  { actor, form, resumed }: ImportVisit,
  id: string,
): Promise<BatchWork> {
  if (form === undefined || resumed) return { did: 'opened' }
  const numbers = Array.from({ length: mostNamesAsked }, (_, n) => n)
  const fields = readFields(form, [
    ...['do', 'version', 'dayOrder'],
    ...numbers.flatMap((n) => [`name.${n}`, `partner.${n}`]),
  ])
  const button = fields.text('do')
  if (button === 'commit') return { did: 'committed', added: await beginWork(context, actor, { id, commit: true }) }
  if (button === 'resume') {
    await beginWork(context, actor, { id, commit: false })
    return { did: 'resumed' }
  }
  if (button === 'discard') {
    await discardImport(context, actor, id)
    return { did: 'discarded' }
  }
  if (button !== 'answer') throw new DomainError('bad_request', { parameter: 'do' })
  const batch = await requireImport(context.database, actor, id)
  const before = settingsFrom(batch.settings)
  const chosen = numbers.flatMap((n) => {
    const [name, partner] = [fields.text(`name.${n}`), fields.text(`partner.${n}`)]
    return name === '' || partner === '' ? [] : [[foldName(name), partner] as const]
  })
  const dayOrder = fields.text('dayOrder') || before.dayOrder
  const settings = parseSettings({
    ...before,
    dayOrder,
    partners: { ...before.partners, ...Object.fromEntries(chosen) },
  })
  if (!settings.success) throw new DomainError('bad_request', { parameter: 'partner' })
  await takeColumns(context, actor, {
    id,
    version: sentVersion(fields),
    settings: settings.data,
    holdsNoSecrets: false,
  })
  await beginWork(context, actor, { id, commit: false })
  return { did: 'answered' }
}

/** What the page of the columns shows: never less than what was chosen. */
export interface ColumnsWork extends FormWork {
  readonly settings: ImportSettings
  readonly secrecy: string
  /** It holds secrets: nothing of it is kept. */
  readonly refused: boolean
}

const textSettings = ['dayOrder', 'sourceLocale', 'kind', 'state', 'visibility', 'currency', 'amountUnit'] as const

export async function workOnColumns(
  context: AppContext,
  { actor, form, resumed }: ImportVisit,
  batch: ImportBatch,
): Promise<ColumnsWork | { readonly saved: 'sheet' | 'header' | 'columns' }> {
  const settings = settingsFrom(batch.settings)
  const shown = { ...nothingWrong, settings, secrecy: '', refused: false }
  if (form === undefined) return shown
  const columns = batch.headings.map((_, column) => `column.${column}`)
  const fields = readFields(form, [
    ...['do', 'version', 'secrecy', 'sheet', 'headerRow', 'headerRows'],
    ...textSettings,
    ...columns,
  ])
  const button = fields.text('do')
  const { id } = batch
  const sent = Object.fromEntries(textSettings.map((name) => [name, fields.text(name)]))
  const typed =
    button === 'check' || resumed
      ? parseSettings({ ...settings, ...sent, columns: columns.map((name) => fields.text(name)) })
      : undefined
  if (typed?.success === false) throw new DomainError('bad_request', { parameter: 'column' })
  const work = { ...shown, settings: typed?.data ?? settings, secrecy: fields.text('secrecy') }
  if (resumed) return work
  const version = sentVersion(fields)
  if (button === 'sheet') {
    await chooseSheet(context, actor, { id, version, sheet: fields.text('sheet') })
    await beginWork(context, actor, { id, commit: false })
    return { saved: 'sheet' }
  }
  if (button === 'header') {
    const row = Number(fields.text('headerRow'))
    if (!(Number.isInteger(row) && row >= 1 && row <= 10_000))
      return { ...work, ...wrong('headerRow', 'import_header') }
    await placeHeader(context, actor, { id, version, row, rows: fields.text('headerRows') === '2' ? 2 : 1 })
    return { saved: 'header' }
  }
  if (button !== 'check' || typed === undefined) throw new DomainError('bad_request', { parameter: 'do' })
  if (work.secrecy === 'some') {
    await discardImport(context, actor, id)
    return { ...work, refused: true, status: 422 }
  }
  const problems = [
    ...columnProblems(work.settings),
    ...(work.secrecy === 'none' || batch.secrecyDeclaredAt !== null ? [] : [{ path: 'secrecy', code: 'secrecy' }]),
  ]
  if (problems.length > 0) return { ...work, problems, status: 422 }
  await takeColumns(context, actor, { id, version, settings: work.settings, holdsNoSecrets: work.secrecy === 'none' })
  await beginWork(context, actor, { id, commit: false })
  return { saved: 'columns' }
}

function columnProblems({ columns }: ImportSettings): FieldProblem[] {
  if (!columns.some((target) => target !== '')) return [{ path: 'column.0', code: 'import_no_columns' }]
  const seen = new Set<Target>()
  return columns.flatMap((target, column) => {
    if (target === '' || takesSeveral(target)) return []
    const isTwice = seen.has(target)
    seen.add(target)
    return isTwice ? [{ path: `column.${column}`, code: 'import_column_twice' }] : []
  })
}
