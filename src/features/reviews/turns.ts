import { sql, type SQL } from 'drizzle-orm'
import { agreementReviewers, agreementReviews, agreements } from '#db/schema/index.ts'

/**
 * Parts of open rounds whose turn it is, as a subquery with the columns `agreement_id` and `user_id`: the rule of
 * `turnsIn` for many agreements at once.
 */
export const openTurns = sql`(
  select ${agreementReviews.agreementId} as agreement_id, ${agreementReviewers.userId} as user_id
  from ${agreementReviewers} join ${agreementReviews} on ${agreementReviews.id} = ${agreementReviewers.reviewId}
  where ${agreementReviews.outcome} is null and ${agreementReviewers.decision} is null
  and not exists (
    select from agreement_reviewers as other where other.review_id = ${agreementReviewers.reviewId} and (
      other.decision = 'returned' or ${agreementReviews.mode} = 'sequence' and other.decision is null
      and other.position < ${agreementReviewers.position}
    )
  )
)`

/**
 * It is somebody's turn to decide on the agreement. The ids are read once, as a list, and looked up: the plan of a
 * prepared statement, which is made for anybody, would otherwise go through the whole register for them.
 */
export function hasTurn(userId: string): SQL {
  const turns = sql`select turn.agreement_id from ${openTurns} as turn where turn.user_id = ${userId}`
  return sql`${agreements.id} = any(array(${turns}))`
}
