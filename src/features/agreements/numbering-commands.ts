import { eq } from 'drizzle-orm'
import { agreements } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { once } from '#platform/forms/once.ts'
import { type AgreementContext, current } from './commands.ts'
import { nextReference } from './numbering-steps.ts'
import { requireOwn } from './own.ts'
import { referenceKey } from './reference.ts'
import { refreshTokens } from './search-steps.ts'

/**
 * Gives an agreement that has none the next number of the scheme; returns its id.
 * @throws DomainError `not_found`, `forbidden`, `stale_version`, `invalid_input` where it has a number already
 */
export const giveNumber = command(
  'agreements.record',
  (context: AgreementContext, actor, { id, version, token }: { id: string; version: number; token: string }) =>
    once(context, actor, { token, action: `agreement.number:${id}` }, async (tx) => {
      const record = await current(tx, actor, id, version)
      requireOwn(actor, record)
      if (record.words.reference !== null) {
        throw new DomainError('invalid_input', {}, [{ path: 'reference', code: 'reference_given' }])
      }
      const today = officeDay(context.clock, context.config.officeTimeZone)
      const reference = await nextReference(tx, today.year)
      const at = context.clock.now()
      await tx
        .update(agreements)
        .set({ reference, referenceKey: referenceKey(reference), version: version + 1, updatedAt: at.toString() })
        .where(eq(agreements.id, id))
      await refreshTokens(tx, [id])
      await recordAudit(tx, actor, {
        action: 'agreement.number',
        subject: { kind: 'agreement', id },
        at,
        changes: [
          { field: 'reference', before: null, after: reference },
          { field: 'version', before: version, after: version + 1 },
        ],
      })
      return id
    }),
)
