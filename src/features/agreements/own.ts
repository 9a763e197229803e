import { type Actor, may } from '#features/accounts/model.ts'
import { DomainError } from '#platform/errors.ts'
import type { AgreementRecord } from './record.ts'

type Owned = Pick<AgreementRecord, 'officerId' | 'createdBy'>

/**
 * Whose agreement it is: the responsible officer's and the one's who recorded it; where neither is known (it came by
 * an import), every officer's.
 */
export function isOwn(actor: Actor, { officerId, createdBy }: Owned): boolean {
  if (actor.kind !== 'user') return true
  return (officerId === null && createdBy === null) || officerId === actor.id || createdBy === actor.id
}

/** Whether someone may change this one: officers their own, administrators all. */
export function mayChange(actor: Actor, record: Owned): boolean {
  return may(actor, 'agreements.record') && (isOwn(actor, record) || may(actor, 'agreements.change_all'))
}

/**
 * What every command that changes an agreement asks once it has it under lock.
 * @throws DomainError `forbidden` for somebody else's agreement.
 */
export function requireOwn(actor: Actor, record: Owned): void {
  if (!isOwn(actor, record) && !may(actor, 'agreements.change_all')) throw new DomainError('forbidden')
}
