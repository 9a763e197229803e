import { type SQL, sql, type SQLWrapper } from 'drizzle-orm'

/**
 * How agreements come to their end, each as the condition of an index. Conditions that ask for one of them are written
 * by the same function: PostgreSQL uses the index only where it sees the same words, and constants in their places.
 */

const ended = sql.raw("('completed', 'expired', 'terminated', 'superseded')")

type Step = Readonly<Record<'transition' | 'toState', SQLWrapper>>

/** A step into an end that somebody, or a day, took. */
export const endedByStep = ({ transition, toState }: Step): SQL =>
  sql`${transition} <> 'enter' and ${toState} in ${ended}`

/** An agreement that had ended when it was entered. */
export const enteredAsEnded = ({ transition, toState }: Step): SQL =>
  sql`${transition} = 'enter' and ${toState} in ${ended}`

/** Expired after as many automatic renewals as were agreed: the day follows from the term. */
export const endedAfterRenewals = (table: Readonly<Record<'state' | 'renewal' | 'renewalLimit', SQLWrapper>>): SQL =>
  sql`${table.state} = 'expired' and ${table.renewal} = 'automatic' and ${table.renewalLimit} is not null`
