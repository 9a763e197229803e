import { and, eq } from 'drizzle-orm'
import { visits } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { placeOrder } from '#features/made-briefs/orders.ts'
import { keptByIds } from '#features/selections/queries.ts'
import { keyOf, type SelectionItem } from '#features/selections/model.ts'
import { requireVisit } from '#features/visits/queries.ts'
import { recordOn, userOf } from '#features/visits/steps.ts'
import { DomainError } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'

/**
 * Puts a visit's brief in line: the visit as it is when it is made, with what its selections hold now; returns its code.
 * @throws DomainError `not_found`
 */
export const orderVisitBrief = command(
  'visits.record',
  (context: OnceContext, actor, { id, token }: { readonly id: string; readonly token: string }) =>
    once(context, actor, { token, action: `visit.make_brief:${id}` }, async (tx) => {
      const visit = await requireVisit(tx, actor, id)
      const [row] = await tx
        .select({ id: visits.id })
        .from(visits)
        .where(and(eq(visits.id, id)))
        .for('update')
      if (row === undefined) throw new DomainError('not_found')
      const kept = await keptByIds(tx, visit.selectionIds)
      const items = [...new Map(kept.flatMap((one) => one.items).map((item) => [keyOf(item), item])).values()]
      const { firstLanguage, secondLanguage, startsOn, endsOn } = visit
      const at = context.clock.now()
      const { code } = await placeOrder(tx, at, {
        order: {
          kind: 'delegation',
          title: '',
          startsOn,
          endsOn,
          languages: secondLanguage === null ? [firstLanguage] : [firstLanguage, secondLanguage],
          items: items satisfies SelectionItem[],
        },
        visitId: id,
        requestedBy: userOf(actor),
      })
      await recordOn(tx, actor, id, { action: 'make_brief', at })
      return code
    }),
)
