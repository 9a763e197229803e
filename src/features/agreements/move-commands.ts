import { authorise, command } from '#features/accounts/model.ts'
import { closeRound, voidApproval } from '#features/reviews/steps.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { once } from '#platform/forms/once.ts'
import { type AgreementContext, checkNote, current } from './commands.ts'
import { readFacts } from './facts.ts'
import { proposeFiling } from './filing-steps.ts'
import { leadsTo, missingFor, transitionOf, type TransitionName } from './lifecycle.ts'
import { requirements } from './requirements.ts'
import { refreshNextDue } from './next-due-steps.ts'
import { requireOwn } from './own.ts'
import { applyTransition } from './transition-steps.ts'

export interface AgreementTransition {
  readonly id: string
  readonly version: number
  readonly token: string
  /** As sent; only names in the lifecycle's table do anything. */
  readonly transition: string
  readonly note: string
}

/**
 * Takes an agreement one step through its lifecycle; returns its id.
 * @throws DomainError `not_found`, `stale_version`, `transition_not_allowed` (also where something is missing for it,
 * with a problem for each), `invalid_input` for a reason that is missing or too long.
 */
export const moveAgreement = command(
  'agreements.transition',
  (context: AgreementContext, actor, input: AgreementTransition): Promise<string> =>
    once(context, actor, { token: input.token, action: `agreement.move:${input.id}` }, async (tx) => {
      const { id, version } = input
      const record = await current(tx, actor, id, version)
      const to = leadsTo(input.transition, record.state)
      const name = input.transition as TransitionName
      if (to === undefined || transitionOf(name).by !== 'step') throw new DomainError('transition_not_allowed')
      const { permission, reason, leaves } = transitionOf(name)
      authorise(actor, permission)
      requireOwn(actor, record)
      const today = officeDay(context.clock, context.config.officeTimeZone)
      const missing = missingFor(name, await readFacts(tx, record), today)
      if (missing.length > 0) {
        const problems = missing.map((code) => ({ path: requirements[code].field, code: 'needed_for_state' }))
        throw new DomainError('transition_not_allowed', {}, problems)
      }
      const note = checkNote(input.note, reason)
      const at = context.clock.now()
      if (leaves.includes('round_closed')) await closeRound(tx, id, at)
      if (leaves.includes('approval_void')) await voidApproval(tx, id, at)
      const { signed } = record.words
      const changes = name === 'sign' ? await proposeFiling(tx, id, { signed, today }) : []
      await applyTransition(tx, actor, { record, name, note, at, changes })
      await refreshNextDue(tx, id, today)
      return id
    }),
)
