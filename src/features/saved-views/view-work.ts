import type { Actor } from '#features/accounts/model.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import { deleteView, renameView, saveView } from './commands.ts'

/** What was done with a view, or what was wrong and with what was typed. */
export type ViewWork =
  | { readonly done: 'saved' | 'renamed' | 'deleted'; readonly query: string }
  | { readonly problems: readonly FieldProblem[]; readonly typed: string; readonly id: string; readonly status: number }

/**
 * Does what a form about saved views asks: `save` keeps the list of `query`, `rename` and `delete` concern `id`.
 * @throws DomainError `bad_request` for what no form of ours sends, `not_found`.
 */
export async function workOnViews(
  context: AppContext,
  actor: Extract<Actor, { kind: 'user' }>,
  form: FormData,
): Promise<ViewWork> {
  const sent = readFields(form, ['do', 'token', 'id', 'name', 'query'])
  const [token, id, name, query] = [sent.text('token'), sent.text('id'), sent.text('name'), sent.text('query')]
  try {
    switch (sent.text('do')) {
      case 'save':
        await saveView(context, actor, { token, name, query })
        return { done: 'saved', query }
      case 'rename':
        await renameView(context, actor, { token, id, name })
        return { done: 'renamed', query }
      case 'delete':
        await deleteView(context, actor, { token, id })
        return { done: 'deleted', query }
      default:
        throw new DomainError('bad_request', { parameter: 'do' })
    }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invalid_input') throw error
    return { problems: error.problems, typed: name, id, status: error.status }
  }
}

/** Where one goes afterwards: back to the list that was saved, else to the page of views. */
export function addressAfter({ done, query }: Extract<ViewWork, { done: unknown }>, locale: Locale): string {
  if (done !== 'saved') return withQuery(paths.office.views(locale), { done })
  const search = new URLSearchParams(query)
  search.set('done', done)
  return `${paths.office.agreements(locale)}?${search}`
}
