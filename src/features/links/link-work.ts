import type { StaffActor } from '#features/accounts/enter-office.ts'
import type { OfficeEntry } from '#features/agreements/office-entries.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import { mayChange } from '#features/agreements/own.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import { officeDay } from '#platform/clock.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { normaliseText } from '#platform/text/normalise.ts'
import { linkAgreements, unlinkAgreements } from './commands.ts'
import { longestSearch } from './model.ts'
import { candidates, type Link, linksOf } from './queries.ts'

export interface LinkWork {
  readonly record: AgreementRecord
  readonly links: readonly Link[]
  readonly mayRecord: boolean
  /** What was searched for, and what was found; undefined before a search. */
  readonly search: { readonly words: string; readonly found: readonly OfficeEntry[] } | undefined
  readonly chosen: { readonly kind: string; readonly otherId: string }
  readonly failure: DomainError | undefined
  readonly resumed: boolean
  readonly status: number
}

export interface LinkVisit {
  readonly actor: StaffActor
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly locale: Locale
  readonly id: string
  readonly query: URLSearchParams
}

/** Opens the page, searches, links or takes a link away. @throws DomainError `not_found`, `bad_request` */
export async function workOnLinks(
  context: AppContext,
  visit: LinkVisit,
): Promise<LinkWork | { readonly done: string }> {
  const { actor, form, id, locale, query, resumed } = visit
  const { database } = context
  const record = await requireRecord(database, actor, id)
  const fields = form === undefined ? undefined : readFields(form, ['do', 'token', 'otherId', 'kind', 'q'])
  const chosen = { kind: fields?.text('kind') ?? '', otherId: fields?.text('otherId') ?? '' }
  let failure: DomainError | undefined
  if (fields !== undefined && !resumed) {
    const [name = '', later = '', earlier = ''] = fields.text('do').split(':')
    const token = fields.text('token')
    try {
      if (name === 'remove' && [later, earlier].includes(record.id)) {
        await unlinkAgreements(context, actor, { agreementId: later, otherId: earlier, token })
        return { done: 'removed' }
      }
      if (name !== 'add') throw new DomainError('bad_request', { parameter: 'do' })
      if (chosen.otherId === '') throw new DomainError('invalid_input', {}, [{ path: 'otherId', code: 'required' }])
      await linkAgreements(context, actor, { agreementId: record.id, token, ...chosen })
      return { done: 'added' }
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'invalid_input') throw error
      failure = error
    }
  }
  const words = normaliseText(fields?.text('q') ?? query.get('q') ?? '').slice(0, longestSearch)
  const { officeTimeZone: timeZone } = context.config
  const today = officeDay(context.clock, timeZone)
  return {
    record,
    links: await linksOf(database, actor, record.id, locale),
    mayRecord: mayChange(actor, record),
    search:
      words === ''
        ? undefined
        : { words, found: await candidates(database, actor, { id: record.id, words, locale, today, timeZone }) },
    chosen,
    failure,
    resumed: fields !== undefined && resumed,
    status: failure?.status ?? 200,
  }
}
