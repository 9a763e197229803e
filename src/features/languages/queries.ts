import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementClauses } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import { readAmendments } from '#features/amendments/state.ts'
import { documentsOf } from '#features/documents/queries.ts'
import { canonicalJson, sha256 } from '#platform/audit/canonical.ts'
import { type Clause, type LanguageGap, languageGaps } from './model.ts'

/** The clauses of an agreement that the actor is known to see, in order. */
export async function clausesOf(database: Queryable, agreementId: string): Promise<Clause[]> {
  return database
    .select({ heading: agreementClauses.heading, words: agreementClauses.words })
    .from(agreementClauses)
    .where(eq(agreementClauses.agreementId, agreementId))
    .orderBy(asc(agreementClauses.position))
}

/** A mark of what a page showed: another one means that somebody has changed the clauses since. */
export function markOfClauses(clauses: readonly Clause[]): string {
  return sha256(canonicalJson(clauses.map(({ heading, words }) => ({ heading, words: { ...words } })))).slice(0, 16)
}

/** What of an agreement exists in one authentic language and not in another. */
export async function gapsOf(
  database: Queryable,
  actor: Actor,
  record: AgreementRecord,
  clauses: readonly Clause[],
): Promise<LanguageGap[]> {
  const documents = await documentsOf(database, actor, record.id)
  return languageGaps({
    authentic: record.words.authenticLanguages,
    documents: documents.filter(({ archivedAt }) => archivedAt === undefined),
    amendments: await readAmendments(database, record.id),
    clauses,
  })
}
