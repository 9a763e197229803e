import { eq, inArray } from 'drizzle-orm'
import { agreementReaders, agreements, users } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid, once } from '#platform/forms/once.ts'
import { type AgreementContext, current } from './commands.ts'
import { requireOwn } from './own.ts'

export interface NamedReaders {
  readonly id: string
  /** The version that the form was opened on. */
  readonly version: number
  readonly token: string
  /** Ids of members of staff: all who may see the agreement while it is confidential. */
  readonly readers: readonly string[]
}

/**
 * Names who may see an agreement while it is confidential; returns its id.
 * @throws DomainError `not_found`, `stale_version`, `forbidden` for somebody else's, `invalid_input` for nobody's id.
 */
export const nameReaders = command('agreements.name_people', (context: AgreementContext, actor, input: NamedReaders) =>
  once(
    context,
    actor,
    { token: input.token, action: `agreement.name_readers:${input.id}`, content: [...input.readers] },
    async (tx) => {
      const { id, version } = input
      const record = await current(tx, actor, id, version)
      requireOwn(actor, record)
      const wanted = [...new Set(input.readers)].sort()
      const known = wanted.every(isUuid)
        ? await tx.select({ id: users.id }).from(users).where(inArray(users.id, wanted))
        : []
      if (known.length !== wanted.length) {
        throw new DomainError('invalid_input', {}, [{ path: 'readers', code: 'unknown_choice', params: { value: '' } }])
      }
      const rows = await tx.select().from(agreementReaders).where(eq(agreementReaders.agreementId, id))
      const before = rows.map((row) => row.userId).sort()
      if (before.join() === wanted.join()) return id
      await tx.delete(agreementReaders).where(eq(agreementReaders.agreementId, id))
      if (wanted.length > 0) {
        await tx.insert(agreementReaders).values(wanted.map((userId) => ({ agreementId: id, userId })))
      }
      const at = context.clock.now()
      await tx
        .update(agreements)
        .set({ version: version + 1, updatedAt: at.toString() })
        .where(eq(agreements.id, id))
      await recordAudit(tx, actor, {
        action: 'agreement.name_readers',
        subject: { kind: 'agreement', id },
        at,
        changes: [
          { field: 'readers', before, after: wanted },
          { field: 'version', before: version, after: version + 1 },
        ],
      })
      return id
    },
  ),
)
