import { eq, type SQL, sql } from 'drizzle-orm'
import { agreements } from '#db/schema/index.ts'
import { type Actor, may } from '#features/accounts/model.ts'

/**
 * The agreements of the office that someone may see: the condition that every query of them carries. What was
 * reported in public sources is no agreement of the office's and not in it.
 */
export function visibleTo(actor: Actor): SQL {
  return may(actor, 'agreements.read') ? eq(agreements.origin, 'office') : sql`false`
}
