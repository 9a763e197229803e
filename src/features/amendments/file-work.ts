import type { Actor } from '#features/accounts/model.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields, type SentFields } from '#platform/forms/read-fields.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { withLanguages } from '#platform/i18n/same-language.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import { fileAmendment } from './commands.ts'
import { annulAmendment } from './annul-commands.ts'
import { type AmendmentLine, type AmendmentsPage, readAmendmentsPage } from './queries.ts'

export interface FilingVisit {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly agreementId: string
  readonly amendmentId: string
  readonly t: Translate
  readonly locale: Locale
}

/** The form that says in which languages an amendment exists, and which paper it is. */
export interface FilingWork {
  readonly page: AmendmentsPage
  readonly line: AmendmentLine
  readonly offered: readonly string[]
  readonly languages: readonly string[]
  readonly documentId: string
  /** Why it is to be annulled, as typed. */
  readonly reason: string
  readonly token: string
  readonly problems: readonly FieldProblem[]
  readonly status: number
  readonly notice: 'resumed' | 'stale' | undefined
}

/** Opens or saves the form. @throws DomainError `not_found`, `bad_request` */
export async function workOnFiling(
  context: AppContext,
  visit: FilingVisit,
): Promise<FilingWork | { readonly saved: 'filed' | 'annulled' }> {
  const { actor, agreementId, amendmentId, form } = visit
  const read = async () => {
    const page = await readAmendmentsPage(context, actor, agreementId, visit.t, visit.locale)
    const line = page.lines.find(({ id }) => id === amendmentId)
    if (line === undefined) throw new DomainError('not_found')
    const offered = withLanguages([...page.record.words.authenticLanguages, ...line.languages], locales)
    return { page, line, offered }
  }
  const now = await read()
  const { line } = now
  const fresh: FilingWork = {
    ...now,
    languages: line.languages,
    documentId: line.documentId ?? '',
    reason: '',
    token: newId(),
    problems: [],
    status: 200,
    notice: undefined,
  }
  if (form === undefined) return fresh
  const fields = readFields(
    form,
    ['documentId', 'do', 'token', 'seen.documentId', 'version', 'reason'],
    ['languages', 'seen.languages'],
  )
  if (fields.text('do') === 'annul') return annul(context, visit, fields, fresh)
  const languages = [...new Set(fields.list('languages'))]
  const same = { ...fresh, languages, documentId: fields.text('documentId'), token: fields.text('token') }
  if (visit.resumed) return { ...same, notice: 'resumed' }
  const unknown = languages.find((language) => !now.offered.includes(language))
  if (unknown !== undefined) throw new DomainError('bad_request', { parameter: 'languages' })
  const documentOf = (name: string) => fields.text(name) || null
  try {
    await fileAmendment(context, actor, {
      ...{ id: amendmentId, agreementId, token: same.token, languages, documentId: documentOf('documentId') },
      seen: { languages: fields.list('seen.languages'), documentId: documentOf('seen.documentId') },
    })
    return { saved: 'filed' }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'invalid_input') return { ...same, problems: error.problems, status: error.status }
    if (error.code !== 'stale_version' && error.code !== 'duplicate') throw error
    return { ...same, ...(await read()), token: newId(), notice: 'stale', status: error.status }
  }
}

async function annul(
  context: AppContext,
  { actor, agreementId, amendmentId, resumed }: FilingVisit,
  fields: SentFields,
  fresh: FilingWork,
): Promise<FilingWork | { readonly saved: 'annulled' }> {
  const [version, reason, token] = [fields.text('version'), fields.text('reason'), fields.text('token')]
  if (!/^\d{1,9}$/.test(version)) throw new DomainError('bad_request', { parameter: 'version' })
  if (resumed) return { ...fresh, reason, notice: 'resumed' }
  try {
    await annulAmendment(context, actor, { id: amendmentId, agreementId, version: Number(version), token, reason })
    return { saved: 'annulled' }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'invalid_input') return { ...fresh, reason, problems: error.problems, status: error.status }
    if (error.code === 'stale_version') return { ...fresh, reason, notice: 'stale', status: error.status }
    throw error
  }
}
