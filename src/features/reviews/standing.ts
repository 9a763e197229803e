import { and, eq, isNull } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementReviews, agreementSignOffs } from '#db/schema/index.ts'
import { currentHash } from './substance.ts'

/** How an agreement stands with its approval. */
export interface Standing {
  /** Hash of what it says now. */
  readonly hash: string
  readonly approval: 'none' | 'former' | 'stands'
  readonly signedOff: boolean
}

export async function readStanding(database: Queryable, agreementId: string): Promise<Standing> {
  const [hash, rounds, signOffs] = await Promise.all([
    currentHash(database, agreementId),
    database
      .select({ hash: agreementReviews.contentHash })
      .from(agreementReviews)
      .where(and(eq(agreementReviews.agreementId, agreementId), eq(agreementReviews.outcome, 'approved'))),
    database
      .select({ hash: agreementSignOffs.contentHash })
      .from(agreementSignOffs)
      .where(and(eq(agreementSignOffs.agreementId, agreementId), isNull(agreementSignOffs.voidedAt))),
  ])
  const given = [...rounds, ...signOffs]
  return {
    hash,
    approval: given.length === 0 ? 'none' : given.some((one) => one.hash === hash) ? 'stands' : 'former',
    signedOff: signOffs.some((one) => one.hash === hash),
  }
}
