import { eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { agreementChecks } from '#db/schema/index.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import type { GivenAnswer } from './model.ts'

export interface KnownAnswer extends GivenAnswer {
  readonly by: string | null
  readonly at: Temporal.Instant
}

const checksOf = keptQuery<{ id: string }>()((database, value) =>
  database
    .select()
    .from(agreementChecks)
    .where(eq(agreementChecks.agreementId, value('id'))),
)

/** What was answered for an agreement, in both stages. */
export async function readAnswers(database: Queryable, agreementId: string): Promise<KnownAnswer[]> {
  const rows = await checksOf(database, { id: agreementId })
  return rows.map(({ point, answer, reason, by, at }) => ({ point, answer, reason, by, at: Temporal.Instant.from(at) }))
}

/** The same with the names of those who answered. */
export async function readNamedAnswers(
  database: Queryable,
  agreementId: string,
): Promise<(KnownAnswer & { readonly who: string | undefined })[]> {
  const known = await readAnswers(database, agreementId)
  const names = await namesOfUsers(
    database,
    known.map(({ by }) => by),
  )
  return known.map((one) => ({ ...one, who: names.get(one.by ?? '') }))
}
