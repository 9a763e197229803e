import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementMilestones } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import type { MilestoneWords } from './model.ts'
import { milestoneFrom, type MilestoneRecord } from './rows.ts'

/** The agreement under lock, for somebody who may change it; the party that owes is one of its own. */
export async function lockAgreement(
  tx: Transaction,
  actor: KnownActor,
  agreementId: string,
  words?: MilestoneWords,
): Promise<void> {
  const record = await lockOwn(tx, actor, agreementId)
  const position = words?.partyPosition ?? null
  if (position !== null && record.words.parties[position] === undefined)
    throw new DomainError('invalid_input', {}, [
      { path: 'party', code: 'unknown_choice', params: { value: position + 1 } },
    ])
}

/** A milestone under lock, as the person saw it. @throws DomainError `not_found`, `forbidden`, `stale_version` */
export async function lockMilestone(
  tx: Transaction,
  actor: KnownActor,
  id: string,
  version: number,
  words?: MilestoneWords,
): Promise<MilestoneRecord> {
  const read = () => tx.select().from(agreementMilestones).where(eq(agreementMilestones.id, id))
  const [found] = isUuid(id) ? await read() : []
  if (found === undefined) throw new DomainError('not_found')
  // The agreement first, as every write does, so that two never wait for each other.
  await lockAgreement(tx, actor, found.agreementId, words)
  const [row] = await read().for('update')
  if (row === undefined) throw new DomainError('not_found')
  if (row.version !== version || row.archivedAt !== null)
    throw new DomainError('stale_version', { version: row.version })
  return milestoneFrom(row)
}
