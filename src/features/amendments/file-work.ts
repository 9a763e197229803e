import type { Actor } from '#features/accounts/model.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { withLanguages } from '#platform/i18n/same-language.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import { fileAmendment } from './commands.ts'
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
  readonly token: string
  readonly problems: readonly FieldProblem[]
  readonly status: number
  readonly notice: 'resumed' | 'stale' | undefined
}

/** Opens or saves the form. @throws DomainError `not_found`, `bad_request` */
export async function workOnFiling(
  context: AppContext,
  visit: FilingVisit,
): Promise<FilingWork | { readonly saved: true }> {
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
    token: newId(),
    problems: [],
    status: 200,
    notice: undefined,
  }
  if (form === undefined) return fresh
  const fields = readFields(form, ['documentId', 'do', 'token', 'seen.documentId'], ['languages', 'seen.languages'])
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
    return { saved: true }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'invalid_input') return { ...same, problems: error.problems, status: error.status }
    if (error.code !== 'stale_version' && error.code !== 'duplicate') throw error
    return { ...same, ...(await read()), token: newId(), notice: 'stale', status: error.status }
  }
}
