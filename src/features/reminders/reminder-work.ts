import type { StaffActor } from '#features/accounts/enter-office.ts'
import type { OnceContext } from '#platform/forms/once.ts'
import { DomainError } from '#platform/errors.ts'
import type { SentFields } from '#platform/forms/read-fields.ts'
import { acknowledgeFailure, markReminder } from './commands.ts'

/** The fields of the buttons beside reminders. */
export const reminderFields = ['do', 'reminder', 'delivery']

/** Does what a button beside a reminder says. @throws DomainError `bad_request` for another, `not_found` */
export async function pressButton(context: OnceContext, actor: StaffActor, fields: SentFields): Promise<void> {
  const name = fields.text('do')
  if (name === 'done' || name === 'again') {
    return markReminder(context, actor, { reminderId: fields.text('reminder'), done: name === 'done' })
  }
  if (name === 'seen') return acknowledgeFailure(context, actor, { deliveryId: fields.text('delivery') })
  throw new DomainError('bad_request', { parameter: 'do' })
}
