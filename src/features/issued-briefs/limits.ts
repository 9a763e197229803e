import type { Database } from '#db/client.ts'
import { countUse, networkOf } from '#features/accounts/throttle.ts'
import type { Clock } from '#platform/clock.ts'

/**
 * What one network may ask within a quarter of an hour. A bus full of people behind one address reads its codes in
 * peace; at this rate a code is guessed after some 10²² years.
 */
export const allowed = { lookups: 300, misses: 30, files: 60 } as const

interface LimitContext {
  readonly database: Database
  readonly clock: Clock
  readonly secretKey: string
}

/** @throws DomainError `too_many_attempts` */
export async function countVerification(
  context: LimitContext,
  what: keyof typeof allowed,
  address: string,
): Promise<void> {
  await countUse(context, `verify ${what} ${networkOf(address)}`, allowed[what])
}
