import { and, eq, exists, inArray, ne, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { QueryBuilder } from 'drizzle-orm/pg-core'
import type { Queryable } from '#db/client.ts'
import { type Buildable, keptQuery, type ValueOf } from '#db/kept-query.ts'
import {
  agreementParties,
  agreementReaders,
  agreementReviewers,
  agreementReviews,
  agreements,
  agreementShares,
} from '#db/schema/index.ts'
import { type Actor, may } from '#features/accounts/model.ts'

/**
 * The agreements of the office that someone may see: the condition that every query of them carries, lists and counts,
 * searches, downloads and histories alike. What was reported in public sources is no agreement of the office's and not
 * in it.
 *
 * - Administrators, agreement officers and readers see everything that is not confidential.
 * - Reviewers see what is or was assigned to them, and what they are named for.
 * - A confidential agreement is for the people named: those in `agreement_readers`, the responsible officer, who
 *   recorded it, and its reviewers. An administrator is none of them by being one.
 * - The command line and the system are run by the operator, who has the database anyway.
 */
export function visibleTo(actor: Actor): SQL {
  return visibleAs(scopeOf(actor), actor.kind === 'user' ? actor.id : '')
}

/** What somebody may see, apart from who it is. */
type Scope = 'nothing' | 'assigned' | 'all' | 'everything'

function scopeOf(actor: Actor): Scope {
  if (!may(actor, 'agreements.read')) return 'nothing'
  if (actor.kind !== 'user') return 'everything'
  return may(actor, 'agreements.read_all') ? 'all' : 'assigned'
}

function visibleAs(scope: Scope, userId: UserId): SQL {
  const ofTheOffice = eq(agreements.origin, 'office')
  switch (scope) {
    case 'nothing':
      return sql`false`
    case 'everything':
      return ofTheOffice
    case 'assigned':
      return all(ofTheOffice, or(assignedTo(userId), namedFor(userId)))
    case 'all':
      return all(ofTheOffice, or(ne(agreements.visibility, 'confidential'), namedTo(userId)))
  }
}

/** A kept query of what somebody may see: the same for all whose scope is the same. */
export const keptInScope =
  <Values extends Readonly<Record<string, unknown>>>() =>
  <Result>(build: (database: Queryable, value: ValueOf<Values>, visible: SQL) => Buildable<Result>) => {
    const inScope = (scope: Scope) =>
      keptQuery<Values & { readonly viewer: string }>()((database, value) =>
        build(database, value, visibleAs(scope, value('viewer'))),
      )
    const kept = {
      nothing: inScope('nothing'),
      assigned: inScope('assigned'),
      all: inScope('all'),
      everything: inScope('everything'),
    }
    return (database: Queryable, actor: Actor, values: Values): Promise<Result> =>
      kept[scopeOf(actor)](database, { ...values, viewer: actor.kind === 'user' ? actor.id : '' })
  }

/** What somebody who reads all that is not confidential sees beside it. */
export function confidentialTo(userId: UserId): SQL {
  return all(eq(agreements.origin, 'office'), eq(agreements.visibility, 'confidential'), namedTo(userId))
}

/** Known, or given when the query is asked. */
type UserId = string | Placeholder

function namedTo(userId: UserId): SQL | undefined {
  return or(eq(agreements.officerId, userId), eq(agreements.createdBy, userId), namedFor(userId), assignedTo(userId))
}

/**
 * The agreements that a partner's account may read: shared with the partner, party to it still, and not confidential.
 */
export function sharedWith(partnerId: string): SQL {
  const shared = query
    .select({ one: sql`1` })
    .from(agreementShares)
    .innerJoin(
      agreementParties,
      and(
        eq(agreementParties.agreementId, agreementShares.agreementId),
        eq(agreementParties.partnerId, agreementShares.partnerId),
      ),
    )
    .where(and(eq(agreementShares.agreementId, agreements.id), eq(agreementShares.partnerId, partnerId)))
  return all(eq(agreements.origin, 'office'), ne(agreements.visibility, 'confidential'), exists(shared))
}

const query = new QueryBuilder()

/** Named among those who may see it. */
function namedFor(userId: UserId): SQL {
  return inArray(
    agreements.id,
    query
      .select({ id: agreementReaders.agreementId })
      .from(agreementReaders)
      .where(eq(agreementReaders.userId, userId)),
  )
}

/** Named as a reviewer in any round: what somebody once decided on stays in sight. */
function assignedTo(userId: UserId): SQL {
  return inArray(
    agreements.id,
    query
      .select({ id: agreementReviews.agreementId })
      .from(agreementReviewers)
      .innerJoin(agreementReviews, eq(agreementReviews.id, agreementReviewers.reviewId))
      .where(eq(agreementReviewers.userId, userId)),
  )
}

const all = (...conditions: (SQL | undefined)[]) => and(...conditions) as SQL
