import type { Actor } from '#features/accounts/model.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { decideReview, sendToReview } from './commands.ts'
import { recordSignOff } from './sign-off-commands.ts'
import { aspects } from './model.ts'
import { readReviewPage, type ReviewPage } from './queries.ts'

/** The forms of the page, by their button. */
const buttons = ['send', 'approved', 'returned', 'sign-off'] as const

const fields = [
  ...['do', 'token', 'version', 'mode', 'review', 'position', 'note'],
  ...['authority', 'formNumber', 'signedOn', 'documentId'],
  ...aspects.map((aspect) => `reviewers.${aspect}`),
]

/** What the page shows: never less than what was typed. */
export interface ReviewWork {
  readonly record: AgreementRecord
  readonly page: ReviewPage
  /** What was sent and did not do, field by field. */
  readonly typed: Readonly<Record<string, string>>
  readonly failure: DomainError | undefined
  /** Signed in again: nothing was done yet. */
  readonly resumed: boolean
  readonly status: number
}

export interface ReviewVisit {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly id: string
}

const tellable = ['invalid_input', 'transition_not_allowed', 'stale_version', 'forbidden']

/**
 * Opens the page of an agreement's review, or does what one of its forms asks.
 * @throws DomainError `bad_request` for what no form of the page sends, and `not_found`.
 */
export async function workOnReview(
  context: AppContext,
  { actor, form, resumed, id }: ReviewVisit,
): Promise<ReviewWork | { readonly done: 'sent' | 'decided' | 'sign_off' }> {
  await requireRecord(context.database, actor, id)
  const typed = form === undefined ? {} : readForm(form)
  let failure: DomainError | undefined
  if (form !== undefined && !resumed) {
    try {
      return { done: await act(context, actor, id, typed) }
    } catch (error) {
      if (!(error instanceof DomainError) || !tellable.includes(error.code)) throw error
      failure = error
    }
  }
  const record = await requireRecord(context.database, actor, id)
  const page = await readReviewPage(context.database, actor, record)
  return { record, page, typed, failure, resumed: form !== undefined && resumed, status: failure?.status ?? 200 }
}

function readForm(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value !== 'string' || !fields.includes(name) || Object.hasOwn(typed, name)) {
      throw new DomainError('bad_request', { parameter: name })
    }
    typed[name] = value
  }
  return typed
}

async function act(context: AppContext, actor: Actor, id: string, typed: Readonly<Record<string, string>>) {
  const text = (name: string) => typed[name] ?? ''
  const whole = (name: string) => {
    if (!/^\d{1,9}$/.test(text(name))) throw new DomainError('bad_request', { parameter: name })
    return Number(text(name))
  }
  const token = text('token')
  switch (buttons.find((button) => button === typed['do'])) {
    case 'send':
      await sendToReview(context, actor, {
        id,
        token,
        version: whole('version'),
        mode: text('mode'),
        reviewers: aspects.flatMap((aspect) => {
          const userId = text(`reviewers.${aspect}`)
          return userId === '' ? [] : [{ aspect, userId }]
        }),
      })
      return 'sent'
    case 'approved':
    case 'returned':
      await decideReview(context, actor, {
        id,
        token,
        reviewId: text('review'),
        position: whole('position'),
        decision: text('do'),
        note: text('note'),
      })
      return 'decided'
    case 'sign-off':
      await recordSignOff(context, actor, {
        id,
        token,
        version: whole('version'),
        authority: text('authority'),
        formNumber: text('formNumber'),
        signedOn: text('signedOn'),
        documentId: text('documentId'),
      })
      return 'sign_off'
    default:
      throw new DomainError('bad_request', { parameter: 'do' })
  }
}
