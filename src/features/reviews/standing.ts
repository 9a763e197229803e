import { and, eq, isNull, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { agreementReviews, agreementSignOffs } from '#db/schema/index.ts'
import { currentHash } from './substance.ts'

/** Whether an agreement is approved as it stands. */
export interface Approval {
  readonly approval: 'none' | 'former' | 'stands'
  readonly signedOff: boolean
}

/** How an agreement stands with its approval. */
export interface Standing extends Approval {
  /** Hash of what it says now. */
  readonly hash: string
}

/** Hashes of what was approved, in a review or by a sign-off that is not void. */
const approvedHashes = keptQuery<{ id: string }>()((database, value) =>
  unionAll(
    database
      .select({ signedOff: sql<boolean>`false`.as('signed_off'), hash: agreementReviews.contentHash })
      .from(agreementReviews)
      .where(and(eq(agreementReviews.agreementId, value('id')), eq(agreementReviews.outcome, 'approved'))),
    database
      .select({ signedOff: sql<boolean>`true`.as('signed_off'), hash: agreementSignOffs.contentHash })
      .from(agreementSignOffs)
      .where(and(eq(agreementSignOffs.agreementId, value('id')), isNull(agreementSignOffs.voidedAt))),
  ),
)

type Approved = Awaited<ReturnType<typeof approvedHashes>>

export async function readStanding(database: Queryable, agreementId: string): Promise<Standing> {
  const [hash, given] = await Promise.all([
    currentHash(database, agreementId),
    approvedHashes(database, { id: agreementId }),
  ])
  return { hash, ...standingOf(given, hash) }
}

/** The same without the hash, which takes five questions and is not asked for where nothing was ever approved. */
export async function readApproval(database: Queryable, agreementId: string): Promise<Approval> {
  const given = await approvedHashes(database, { id: agreementId })
  return standingOf(given, given.length === 0 ? undefined : await currentHash(database, agreementId))
}

function standingOf(given: Approved, hash: string | undefined): Approval {
  return {
    approval: given.length === 0 ? 'none' : given.some((one) => one.hash === hash) ? 'stands' : 'former',
    signedOff: given.some((one) => one.signedOff && one.hash === hash),
  }
}
