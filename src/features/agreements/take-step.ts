import type { Actor } from '#features/accounts/model.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { moveAgreement } from './move-commands.ts'
import { giveNumber } from './numbering-commands.ts'
import { declineRelease, grantRelease, requestRelease, withdrawRelease } from './release-commands.ts'

/** What came of a button on an agreement's page. */
export interface TakenStep {
  /** Done: which message the page shows next. */
  readonly done?: string
  /** Not done: why; the note that was typed is kept. */
  readonly failure?: DomainError
  readonly button: string
  readonly note: string
  /** The confidentiality review, as typed. */
  readonly reviewer: string
  readonly basis: string
}

const releaseSteps = {
  'request-release': requestRelease,
  'grant-release': grantRelease,
  'decline-release': declineRelease,
  'withdraw-release': withdrawRelease,
} as const

const fields = ['do', 'note', 'token', 'version', 'reviewer', 'basis']

/** What a person can do something about, on the page that they are on. */
const tellable = ['invalid_input', 'transition_not_allowed', 'stale_version', 'release_same_person', 'forbidden']

/** @throws DomainError `bad_request` for what no form of the page sends, and `not_found`. */
export async function takeStep(
  context: AppContext,
  actor: Actor,
  id: string,
  form: FormData,
  resumed: boolean,
): Promise<TakenStep> {
  const text = (name: string) => {
    const [value = '', ...more] = form.getAll(name)
    if (typeof value !== 'string' || more.length > 0) throw new DomainError('bad_request', { parameter: name })
    return value
  }
  for (const name of form.keys()) if (!fields.includes(name)) throw new DomainError('bad_request', { parameter: name })
  const [button, note, token, version] = [text('do'), text('note'), text('token'), text('version')]
  if (!/^\d{1,9}$/.test(version)) throw new DomainError('bad_request', { parameter: 'version' })
  const typed = { button, note, reviewer: text('reviewer'), basis: text('basis') }
  if (resumed) return typed
  const step = { id, version: Number(version), token, note, reviewer: typed.reviewer, basis: typed.basis }
  try {
    if (button.startsWith('move:')) {
      await moveAgreement(context, actor, { ...step, transition: button.slice('move:'.length) })
      return { done: 'moved', ...typed }
    }
    if (button === 'number') {
      await giveNumber(context, actor, { id, version: step.version, token })
      return { done: 'numbered', ...typed }
    }
    if (!Object.hasOwn(releaseSteps, button)) throw new DomainError('bad_request', { parameter: 'do' })
    await releaseSteps[button as keyof typeof releaseSteps](context, actor, step)
    return { done: button, ...typed }
  } catch (error) {
    if (!(error instanceof DomainError) || !tellable.includes(error.code)) throw error
    return { failure: error, ...typed }
  }
}
