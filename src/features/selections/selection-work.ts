import { type Actor, may } from '#features/accounts/model.ts'
import { countUse, networkOf } from '#features/accounts/throttle.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields, sentVersion, type SentFields } from '#platform/forms/read-fields.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { keepSelection } from './commands.ts'
import { readSecret, selectionCookies } from './cookie.ts'
import { findItem, showItems, type ShownItem } from './items.ts'
import {
  checkSettings,
  emptyContents,
  limits,
  type SelectionContents,
  settingsAsTyped,
  type TypedSettings,
  withItems,
  withMoved,
  withoutItem,
} from './model.ts'
import { changeOwn, type OwnSelection, readOwn } from './own.ts'
import { type KeptSelection, keptSelectionsOf, requireKept } from './queries.ts'

/** What the page of a visitor's selection shows. */
export interface SelectionPage {
  readonly hub: Hub
  /** Undefined where there is none yet. */
  readonly own: OwnSelection | undefined
  /** A cookie was sent, and there is no selection (any more) that it holds. */
  readonly isLost: boolean
  readonly items: readonly ShownItem[]
  readonly typed: TypedSettings
  readonly token: string
  readonly problems: readonly FieldProblem[]
  /** Something that no field is wrong about: `stale_version`, `selection_full`, `selection_empty`. */
  readonly failure: DomainError | undefined
  readonly status: number
  /** For staff who keep selections; undefined for everybody else. */
  readonly kept: readonly KeptSelection[] | undefined
  readonly name: string
}

export type SelectionOutcome =
  | SelectionPage
  | { readonly seeOther: string; readonly cookies: readonly string[] }
  /** A document is asked for, of the selection as it now is. */
  | { readonly make: OwnSelection }

export interface SelectionRequest {
  readonly cookie: string | null
  readonly form: FormData | undefined
  readonly actor: Actor
  /** Where it comes from. */
  readonly address: string
  readonly locale: Locale
}

/** Changes of selections within a quarter of an hour from one network. */
const changesAllowed = 600

/**
 * Opens a visitor's selection, or does what a form about it asks.
 * @throws DomainError `bad_request` for what no form of ours sends, `not_found`, `gone`, `too_many_attempts`
 */
export async function workOnSelection(context: AppContext, request: SelectionRequest): Promise<SelectionOutcome> {
  const { form } = request
  const { secret, isCarried } = readSecret(request.cookie, context.config.baseUrl)
  if (form === undefined) return openPage(context, request, secret, isCarried)
  await countUse(context, `selection:${networkOf(request.address)}`, changesAllowed)
  const fields = readFields(
    form,
    ['do', 'token', 'version', 'back', 'title', 'startsOn', 'endsOn', 'first', 'second', 'name', 'kept'],
    ['item'],
  )
  const typed = typedIn(fields)
  try {
    return await press(context, request, secret, fields)
  } catch (error) {
    if (!(error instanceof DomainError) || !told.includes(error.code)) throw error
    const isTyped = form.has('title') && error.code !== 'stale_version'
    const page = await openPage(context, request, secret, false)
    const { problems, status } = error
    return {
      ...page,
      ...(isTyped && { typed }),
      problems,
      status,
      failure: error.code === 'invalid_input' ? undefined : error,
      name: fields.text('name'),
    }
  }
}

/** Errors that the page tells, with what was typed; all others have a page of their own. */
const told: readonly string[] = [
  'invalid_input',
  'stale_version',
  'selection_full',
  'selection_empty',
  'selection_not_found',
]

const typedIn = (fields: SentFields): TypedSettings => ({
  title: fields.text('title'),
  startsOn: fields.text('startsOn'),
  endsOn: fields.text('endsOn'),
  first: fields.text('first'),
  second: fields.text('second'),
})

async function press(
  context: AppContext,
  { locale, actor }: SelectionRequest,
  secret: string | undefined,
  fields: SentFields,
): Promise<SelectionOutcome> {
  const { database, config } = context
  const here = paths.selection(locale)
  const [button, argument] = splitOnce(fields.text('do'), ':')
  const goOn = (done: { secret: string; isNew: boolean }, query: Record<string, string | undefined>) => ({
    seeOther: withQuery(here, query),
    // Said again with every change, so that the cookie lives as long as what it holds.
    cookies: selectionCookies(done.secret, config.baseUrl),
  })
  if (button === 'add') {
    const sent = fields.list('item')
    if (sent.length > limits.items) throw new DomainError('selection_full', { max: limits.items })
    const items = await Promise.all(sent.map((item) => findItem(database, item)))
    const done = await changeOwn(context, secret, {}, (own) => ({ ...own, items: withItems(own.items, items) }))
    const back = returnTo(fields.text('back'), locale)
    return goOn(done, { done: items.length === 0 ? 'nothing' : 'added', back })
  }
  if (button === 'load') {
    if (!may(actor, 'visits.read')) throw new DomainError('forbidden')
    const { name: _, ...kept } = await requireKept(database, fields.text('kept'))
    const done = await changeOwn(context, secret, {}, () => contentsIn(kept))
    return goOn(done, { done: 'loaded' })
  }
  const checked = checkSettings(typedIn(fields))
  if ('problems' in checked) throw new DomainError('invalid_input', {}, checked.problems)
  const change = changeOf(button, argument)
  const step = { token: fields.text('token'), version: sentVersion(fields) }
  const done = await changeOwn(context, secret, step, (own) => change({ ...own, ...checked.settings }))
  if (button === 'keep') {
    const own = await readOwn(context, done.secret)
    if (own === undefined) throw new DomainError('selection_not_found')
    if (own.items.length === 0) throw new DomainError('selection_empty')
    await keepSelection(context, actor, { token: step.token, name: fields.text('name'), contents: contentsIn(own) })
    return goOn(done, { done: 'kept' })
  }
  if (button === 'make') {
    const own = await readOwn(context, done.secret)
    if (own === undefined || own.items.length === 0) throw new DomainError('selection_empty')
    return { make: own }
  }
  return goOn(done, { done: button === 'save' ? 'saved' : button === 'clear' ? 'cleared' : undefined })
}

/** What a button makes of the selection, once what was typed is in it. */
function changeOf(button: string, key: string): (own: SelectionContents) => SelectionContents {
  switch (button) {
    case 'save':
    case 'keep':
    case 'make':
      return (own) => own
    case 'clear':
      return () => emptyContents
    case 'remove':
      return (own) => ({ ...own, items: withoutItem(own.items, key) })
    case 'up':
      return (own) => ({ ...own, items: withMoved(own.items, key, -1) })
    case 'down':
      return (own) => ({ ...own, items: withMoved(own.items, key, 1) })
    default:
      throw new DomainError('bad_request', { parameter: 'do' })
  }
}

export function contentsIn(own: SelectionContents): SelectionContents {
  const { title, startsOn, endsOn, firstLanguage, secondLanguage, items } = own
  return { title, startsOn, endsOn, firstLanguage, secondLanguage, items }
}

function splitOnce(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** The page that somebody came from, in the language that they read; undefined for what is no page of the site's own. */
export function returnTo(back: string | null, locale: Locale): string | undefined {
  if (back === null || back.length > 1000 || !/^\/[a-z]{2}(?:[/?]|$)/.test(back)) return undefined
  const base = 'http://site.invalid'
  if (!URL.canParse(back, base)) return undefined
  const url = new URL(back, base)
  const [, first, ...rest] = url.pathname.split('/')
  if (url.origin !== base || !isLocale(first) || rest[0] === 'office') return undefined
  return `/${[locale, ...rest].join('/')}${url.search}`
}

async function openPage(
  context: AppContext,
  { actor, locale }: SelectionRequest,
  secret: string | undefined,
  isCarried: boolean,
): Promise<SelectionPage> {
  const own = secret === undefined ? undefined : await readOwn(context, secret)
  const [hub, items, kept] = await Promise.all([
    loadHub(context.database),
    showItems(context.database, own?.items ?? [], locale),
    may(actor, 'visits.record') ? keptSelectionsOf(context.database) : undefined,
  ])
  return {
    hub,
    own,
    isLost: isCarried && own === undefined,
    items,
    typed: settingsAsTyped(own ?? emptyContents),
    token: newId(),
    problems: [],
    failure: undefined,
    status: 200,
    kept,
    name: '',
  }
}
