import type { Transaction } from '#db/client.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import { requireOwn } from './own.ts'
import { type AgreementRecord, lockRecord } from './record.ts'

/**
 * The agreement under lock, for somebody who may change it: the first thing that a command about one of its sides does.
 * @throws DomainError `not_found` for one that is not there or that the actor may not see, `forbidden` for somebody
 * else's.
 */
export async function lockOwn(tx: Transaction, actor: KnownActor, id: string): Promise<AgreementRecord> {
  const record = isUuid(id) ? await lockRecord(tx, actor, id) : undefined
  if (record === undefined) throw new DomainError('not_found')
  requireOwn(actor, record)
  return record
}
