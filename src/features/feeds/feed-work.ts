import type { Actor } from '#features/accounts/model.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'
import { chooseHolding, makeFeed, revokeFeed } from './commands.ts'

/**
 * What was done about somebody's feed: `address` is shown on the spot, as nothing can show it later; undefined in it
 * where the form had come before.
 */
export interface FeedWork {
  readonly done?: 'revoked' | 'chosen'
  readonly made?: { readonly address: string | undefined }
  readonly problems?: readonly FieldProblem[]
  readonly status: number
}

/** Does what a form about the feed asks. @throws DomainError `bad_request` for what no form of ours sends */
export async function workOnFeed(
  context: AppContext,
  actor: Extract<Actor, { kind: 'user' }>,
  form: FormData,
  locale: Locale,
): Promise<FeedWork> {
  const sent = readFields(form, ['do', 'token', 'holds'])
  const [token, holds] = [sent.text('token'), sent.text('holds')]
  try {
    switch (sent.text('do')) {
      case 'make': {
        const made = await makeFeed(context, actor, { token, holds, locale })
        const address = made === undefined ? undefined : `${context.config.baseUrl}${paths.feed(made)}`
        return { made: { address }, status: 200 }
      }
      case 'choose':
        await chooseHolding(context, actor, { token, holds })
        return { done: 'chosen', status: 303 }
      case 'revoke':
        await revokeFeed(context, actor, { token })
        return { done: 'revoked', status: 303 }
      default:
        throw new DomainError('bad_request', { parameter: 'do' })
    }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invalid_input') throw error
    return { problems: error.problems, status: error.status }
  }
}
