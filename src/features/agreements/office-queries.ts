import { and, asc, between, desc, eq, inArray, isNull, lt, lte, ne, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreementReleases, agreements } from '#db/schema/index.ts'
import { type Actor, may } from '#features/accounts/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { waitingFor } from '#features/reviews/queries.ts'
import { unsignedStates } from './lifecycle.ts'
import { entriesOf, type OfficeEntry } from './office-entries.ts'
import { visibleTo } from './scope.ts'
import { agreedEnd } from './term-sql.ts'

type Row = typeof agreements.$inferSelect

/** What needs somebody first. Each list holds at most `deskLimit` lines. */
export interface Desk {
  /** Under review, and it is this person's turn to decide. */
  readonly toReview: readonly OfficeEntry[]
  /** Releases that others asked for and that this person may grant. */
  readonly toGrant: readonly OfficeEntry[]
  /** Releases that this person asked for and that wait for somebody else. */
  readonly waiting: readonly OfficeEntry[]
  /** This person is responsible, and something is due within `dueDays` or was due before. */
  readonly due: readonly OfficeEntry[]
  /** In force though their last day has passed. */
  readonly overdue: readonly OfficeEntry[]
  /** In force and ending within `soonDays`. */
  readonly ending: readonly OfficeEntry[]
  /** What this person recorded and is not signed yet. */
  readonly mine: readonly OfficeEntry[]
  /** Changed since they were released: the public sees an older edition. */
  readonly changed: readonly OfficeEntry[]
}

export const deskLimit = 10
export const soonDays = 90
export const dueDays = 30

const byEnd = sql`${agreements.ends} asc nulls last`
const byDue = sql`${agreements.nextDue} asc nulls last`

export async function readDesk(
  database: Database,
  actor: Extract<Actor, { kind: 'user' }>,
  today: Temporal.PlainDate,
  locale: Locale,
): Promise<Desk> {
  const dueBy = today.add({ days: dueDays }).toString()
  const soon = today.add({ days: soonDays }).toString()
  const lists = (where: SQL | undefined, order: SQL = sql`${agreements.updatedAt} desc`) =>
    database
      .select()
      .from(agreements)
      .where(and(visibleTo(actor), where))
      .orderBy(order, asc(agreements.id))
      .limit(deskLimit)
  const released = (where: SQL | undefined) =>
    sql`exists (select from ${agreementReleases} where ${and(eq(agreementReleases.agreementId, agreements.id), where)})`
  const open = isNull(agreementReleases.decision)
  const inForce = eq(agreements.state, 'in_force')
  const inEffect = and(eq(agreementReleases.decision, 'granted'), isNull(agreementReleases.endedAt))
  const mayGrant = may(actor, 'agreements.grant_release')
  const turns = may(actor, 'agreements.review') ? await waitingFor(database, actor.id) : []
  const [toReview, toGrant, waiting, due, overdue, ending, mine, changed] = await Promise.all([
    turns.length > 0 ? lists(inArray(agreements.id, turns)) : [],
    mayGrant ? lists(released(and(open, ne(agreementReleases.requestedBy, actor.id)))) : [],
    lists(released(and(open, eq(agreementReleases.requestedBy, actor.id)))),
    lists(and(eq(agreements.officerId, actor.id), lte(agreements.nextDue, dueBy)), byDue),
    // The stored day, the first that the end may mean, is never after the last: it lets an index find the few.
    lists(and(inForce, lt(agreements.ends, today.toString()), sql`${agreedEnd} < ${today.toString()}`), byEnd),
    lists(
      and(
        inForce,
        between(agreements.ends, today.subtract({ years: 1 }).toString(), soon),
        sql`${agreedEnd} between ${today.toString()} and ${soon}`,
      ),
      byEnd,
    ),
    lists(
      and(eq(agreements.createdBy, actor.id), inArray(agreements.state, [...unsignedStates])),
      desc(agreements.updatedAt),
    ),
    may(actor, 'agreements.request_release')
      ? lists(released(and(inEffect, ne(agreementReleases.agreementVersion, agreements.version))))
      : [],
  ])
  const entries = (rows: readonly Row[]) => entriesOf(database, rows, locale)
  return {
    toReview: await entries(toReview),
    toGrant: await entries(toGrant),
    waiting: await entries(waiting),
    due: await entries(due),
    overdue: await entries(overdue),
    ending: await entries(ending),
    mine: await entries(mine),
    changed: await entries(changed),
  }
}
