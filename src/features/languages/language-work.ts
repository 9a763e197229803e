import type { StaffActor } from '#features/accounts/enter-office.ts'
import { inOrder } from '#features/agreements/languages.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import { mayChange } from '#features/agreements/own.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import { zawgyiToUnicode } from '#platform/text/zawgyi.ts'
import { type ClauseEdit, editClauses } from './commands.ts'
import type { Clause, LanguageGap } from './model.ts'
import { clausesOf, gapsOf, markOfClauses } from './queries.ts'

export interface LanguageWork {
  readonly record: AgreementRecord
  readonly clauses: readonly Clause[]
  /** Languages that clauses are entered in, in the site's order. */
  readonly languages: readonly string[]
  readonly gaps: readonly LanguageGap[]
  readonly seen: string
  readonly mayRecord: boolean
  /** The clause whose form is open; its position is past the last for a new one. */
  readonly open: Pick<ClauseEdit, 'position' | 'typed' | 'keep'> | undefined
  readonly failure: DomainError | undefined
  readonly resumed: boolean
  readonly status: number
}

export interface LanguageVisit {
  readonly actor: StaffActor
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly id: string
  /** What the address says: `edit`, the number of a clause, from 1; one past the last is a new one. */
  readonly query: URLSearchParams
}

const acts = ['save', 'up', 'down', 'remove'] as const
const tellable = ['invalid_input', 'stale_version', 'duplicate']

/** Opens the page, or does what one of its forms asks for. @throws DomainError `not_found`, `bad_request` */
export async function workOnLanguages(
  context: AppContext,
  visit: LanguageVisit,
): Promise<LanguageWork | { readonly done: true }> {
  const { actor, form, id, query, resumed } = visit
  const record = await requireRecord(context.database, actor, id)
  const clauses = await clausesOf(context.database, record.id)
  const { authenticLanguages, sourceLocale } = record.words
  const own = authenticLanguages.length > 0 ? authenticLanguages : [sourceLocale]
  const languages = inOrder([...own, ...clauses.flatMap(({ words }) => Object.keys(words))])
  let open: LanguageWork['open']
  let failure: DomainError | undefined
  if (form !== undefined) {
    const names = ['do', 'token', 'seen', 'position', 'heading', ...languages.map((tag) => `words.${tag}`)]
    const fields = readFields(form, names, ['keep'])
    if (!/^\d{1,3}$/.test(fields.text('position'))) throw new DomainError('bad_request', { parameter: 'position' })
    const words = Object.fromEntries(languages.map((tag) => [tag, fields.text(`words.${tag}`)]))
    const sent = {
      position: Number(fields.text('position')),
      typed: { heading: fields.text('heading'), words },
      keep: fields.list('keep'),
    }
    const act = acts.find((name) => name === fields.text('do'))
    if (act === undefined) open = press(sent, fields.text('do'))
    else if (act === 'save') open = sent
    if (act !== undefined && !resumed) {
      try {
        const seen = fields.text('seen')
        await editClauses(context, actor, { agreementId: id, token: fields.text('token'), seen, act, ...sent })
        return { done: true }
      } catch (error) {
        if (!(error instanceof DomainError) || !tellable.includes(error.code)) throw error
        failure = error
      }
    }
  }
  const number = Number(query.get('edit') ?? 0)
  if (form === undefined && Number.isInteger(number) && number >= 1 && number <= clauses.length + 1) {
    const clause = clauses[number - 1]
    const words = Object.fromEntries(languages.map((tag) => [tag, clause?.words[tag] ?? '']))
    open = { position: number - 1, typed: { heading: clause?.heading ?? '', words }, keep: [] }
  }
  return {
    record,
    clauses,
    languages,
    gaps: await gapsOf(context.database, actor, record, clauses),
    seen: markOfClauses(clauses),
    mayRecord: mayChange(actor, record),
    open,
    failure,
    resumed: form !== undefined && resumed,
    status: failure?.status ?? 200,
  }
}

type Open = NonNullable<LanguageWork['open']>

/** The buttons beside a text that looks like Zawgyi. */
function press(open: Open, button: string): Open {
  const [name = '', path = ''] = button.split(':', 2)
  const tag = path.startsWith('words.') ? path.slice('words.'.length) : undefined
  const isKnown = path === 'heading' || (tag !== undefined && tag in open.typed.words)
  if (!['keep', 'convert'].includes(name) || !isKnown) throw new DomainError('bad_request', { parameter: 'do' })
  if (name === 'keep') return { ...open, keep: [...new Set([...open.keep, path])] }
  const { heading, words } = open.typed
  if (tag === undefined) return { ...open, typed: { words, heading: zawgyiToUnicode(heading) } }
  return { ...open, typed: { heading, words: { ...words, [tag]: zawgyiToUnicode(words[tag] ?? '') } } }
}
