import { countUse, networkOf } from '#features/accounts/throttle.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { readSecret, selectionCookies } from './cookie.ts'
import { showItems, type ShownItem } from './items.ts'
import { type SelectionContents, withItems } from './model.ts'
import { changeOwn, readOwn, readShared } from './own.ts'
import type { SelectionRequest } from './selection-work.ts'

/** What a share link shows: a selection as it now is, to be copied. */
export interface SharedPage {
  readonly hub: Hub
  readonly code: string
  readonly contents: SelectionContents
  readonly items: readonly ShownItem[]
  /** Items of the reader's own selection, which a copy would take the place of. */
  readonly ownCount: number
}

/** Share links opened within a quarter of an hour from one network: enough for people, too few for guessing. */
const opensAllowed = 300

/**
 * Opens a share link, or copies what it shows. Nothing is copied by following a link alone.
 * @throws DomainError `selection_not_found`, `selection_full`, `too_many_attempts`, `bad_request`
 */
export async function workOnShared(
  context: AppContext,
  request: Omit<SelectionRequest, 'actor'>,
  code: string,
): Promise<SharedPage | { readonly seeOther: string; readonly cookies: readonly string[] }> {
  const { database, config } = context
  const { locale, form } = request
  await countUse(context, `shared:${networkOf(request.address)}`, opensAllowed)
  const contents = await readShared(context, code)
  const { secret } = readSecret(request.cookie, config.baseUrl)
  if (form === undefined) {
    const [hub, items, own] = await Promise.all([
      loadHub(database),
      showItems(database, contents.items, locale),
      secret === undefined ? undefined : readOwn(context, secret),
    ])
    return { hub, code, contents, items, ownCount: own?.items.length ?? 0 }
  }
  const button = readFields(form, ['do']).text('do')
  if (button !== 'copy' && button !== 'merge') throw new DomainError('bad_request', { parameter: 'do' })
  const done = await changeOwn(context, secret, {}, (own) =>
    button === 'copy' ? contents : { ...own, items: withItems(own.items, contents.items) },
  )
  const seeOther = withQuery(paths.selection(locale), { done: 'copied' })
  return { seeOther, cookies: selectionCookies(done.secret, config.baseUrl) }
}
