import type { DelegationOrder } from '#db/schema/brief-documents.ts'
import { countOrder, type OrderContext, placeOrder } from '#features/made-briefs/orders.ts'
import { languagesOf, type SelectionContents } from '#features/selections/model.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'

/** What a selection asks for, in the languages that it is for. */
function orderOf(contents: SelectionContents, reader: Locale): DelegationOrder {
  const { title, startsOn, endsOn, items } = contents
  return { kind: 'delegation', title, startsOn, endsOn, items, languages: languagesOf(contents, reader) }
}

/**
 * Puts a visitor's brief in line; returns its code.
 * @throws DomainError `selection_empty`, `too_many_attempts`
 */
export async function orderPublic(
  context: OrderContext & { readonly secretKey: string },
  own: SelectionContents & { readonly id: string },
  { locale, address }: { readonly locale: Locale; readonly address: string },
): Promise<string> {
  if (own.items.length === 0) throw new DomainError('selection_empty')
  await countOrder(context, { address })
  const order = { order: orderOf(own, locale), selectionId: own.id }
  const { code } = await placeOrder(context.database, context.clock.now(), order)
  return code
}
