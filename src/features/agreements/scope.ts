import { and, eq, exists, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import { QueryBuilder } from 'drizzle-orm/pg-core'
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
  if (!may(actor, 'agreements.read')) return sql`false`
  const ofTheOffice = eq(agreements.origin, 'office')
  if (actor.kind !== 'user') return ofTheOffice
  if (!may(actor, 'agreements.read_all')) return all(ofTheOffice, or(assignedTo(actor.id), namedFor(actor.id)))
  return all(ofTheOffice, or(ne(agreements.visibility, 'confidential'), namedTo(actor.id)))
}

/** What someone who reads all that is not confidential sees beside it. */
export function confidentialTo(actor: Actor): SQL {
  const confidential = all(eq(agreements.origin, 'office'), eq(agreements.visibility, 'confidential'))
  return actor.kind === 'user' ? all(confidential, namedTo(actor.id)) : confidential
}

function namedTo(userId: string): SQL | undefined {
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
function namedFor(userId: string): SQL {
  return inArray(
    agreements.id,
    query
      .select({ id: agreementReaders.agreementId })
      .from(agreementReaders)
      .where(eq(agreementReaders.userId, userId)),
  )
}

/** Named as a reviewer in any round: what somebody once decided on stays in sight. */
function assignedTo(userId: string): SQL {
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
