import { and, between, eq, exists, gte, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import { QueryBuilder } from 'drizzle-orm/pg-core'
import { endedAfterRenewals, endedByStep, enteredAsEnded } from '#db/schema/agreement-ends.ts'
import { agreementRenewals, agreements, agreementTransitions } from '#db/schema/index.ts'
import type { DayRange } from './day-range.ts'
import { endedStates, signedStates } from './next-due.ts'
import type { Happening } from './office-filters.ts'
import { endAfterRenewals, lastDayOf } from './term-sql.ts'

/**
 * What happened to agreements within some days, as conditions of lists and counts alike. A date that is known to the
 * month or the year alone lies within them only where the whole month or year does.
 * @param timeZone the office's: the day of a step that somebody took
 */
export function happenedIn(what: Happening, range: DayRange, timeZone: string): SQL {
  switch (what) {
    case 'signed':
      return signedIn(range)
    case 'begun':
      return begunIn(range)
    case 'ended':
      return endedIn(range, timeZone)
    case 'renewed':
      return renewedIn(range)
  }
}

/** Signed agreements (whatever became of them since) by their date of signature. */
function signedIn(range: DayRange): SQL {
  return all(inArray(agreements.state, [...signedStates]), within(agreements.signed, agreements.signedPrecision, range))
}

/**
 * Agreements that are or were in force, by the day from which they are. One that ended before it came into force never
 * was: it went straight from signed to its end.
 */
function begunIn(range: DayRange): SQL {
  const entered = query
    .select({ one: sql`1` })
    .from(agreementTransitions)
    .where(
      and(
        eq(agreementTransitions.agreementId, agreements.id),
        or(eq(agreementTransitions.toState, 'in_force'), eq(agreementTransitions.transition, 'enter')),
      ),
    )
  return all(
    inArray(agreements.state, ['in_force', 'suspended', ...endedStates]),
    within(agreements.effective, agreements.effectivePrecision, range),
    or(inArray(agreements.state, ['in_force', 'suspended', 'completed', 'expired']), exists(entered)),
  )
}

/**
 * Completed, expired, terminated and superseded agreements by the day on which they ended: for one that expired the
 * last day of its term, agreed renewals included; for the others the office's day of the step. One that was entered
 * when it had ended already counts by its agreed end.
 */
function endedIn(range: DayRange, timeZone: string): SQL {
  const { id, state, renewal, renewalLimit, ends, endsPrecision } = agreements
  const byTerm = sql`${state} = 'expired' and (${renewal} <> 'automatic' or ${renewalLimit} is not null)`
  // That it speaks of the agreement by itself keeps the planner from collecting all that were ever entered first.
  const entered = exists(
    query
      .select({ one: sql`1` })
      .from(agreementTransitions)
      .where(and(eq(agreementTransitions.agreementId, id), enteredAsEnded(agreementTransitions), isNotNull(state))),
  )
  const stepped = query
    .select({ id: agreementTransitions.agreementId })
    .from(agreementTransitions)
    .where(and(endedByStep(agreementTransitions), onDays(agreementTransitions.at, range, timeZone)))
  const isEnded = inArray(state, [...endedStates])
  // Each of the three is found by an index of its own; the ids of those that somebody ended are read once, as a list.
  return or(
    and(
      within(ends, endsPrecision, range),
      // The state within the choice: those whose days have passed have nearly all ended, which the planner does not know.
      sql`(case when not ${isEnded} then false when ${byTerm} then ${renewal} <> 'automatic' else ${entered} end)`,
    ),
    and(endedAfterRenewals(agreements), inside(endAfterRenewals(sql`${renewalLimit}`), range)),
    and(sql`${id} = any(array(${stepped}))`, isEnded, sql`not (${byTerm})`),
  ) as SQL
}

/** Agreements that were renewed automatically, by the first day of the period that followed. */
function renewedIn({ first, last }: DayRange): SQL {
  const before = (day: Temporal.PlainDate) => day.subtract({ days: 1 }).toString()
  return inArray(
    agreements.id,
    query
      .select({ id: agreementRenewals.agreementId })
      .from(agreementRenewals)
      .where(between(agreementRenewals.endedOn, before(first), before(last))),
  )
}

type Column = Parameters<typeof gte>[0]

/**
 * The first day, which the column holds, lets an index find them; the last day that it may mean decides. Nearly all are
 * known to the day, which the planner knows, while it takes a reckoned day to fit one in three.
 */
function within(column: Column, precision: Column, { first, last }: DayRange): SQL {
  const fits = sql`${lastDayOf(column, precision)} <= ${dayIn(last)}`
  return sql`(${column} between ${dayIn(first)} and ${dayIn(last)} and (${precision} = 'day' or ${fits}))`
}

/**
 * A day as part of the question itself. The plan of a prepared statement is made for any values: it would take every
 * range of days for a few, and sort thousands where it could walk along an order.
 */
const dayIn = (day: Temporal.PlainDate) => sql.raw(`'${day.toString()}'::date`)

function inside(day: SQL, { first, last }: DayRange): SQL {
  return sql`${day} between ${dayIn(first)} and ${dayIn(last)}`
}

/** A moment on one of these days at the office. */
function onDays(moment: Column, { first, last }: DayRange, timeZone: string): SQL {
  const from = first.toZonedDateTime(timeZone).toInstant().toString()
  const to = last.add({ days: 1 }).toZonedDateTime(timeZone).toInstant().toString()
  return all(gte(moment, from), sql`${moment} < ${to}`)
}

const query = new QueryBuilder()
const all = (...conditions: (SQL | undefined)[]) => and(...conditions) as SQL
