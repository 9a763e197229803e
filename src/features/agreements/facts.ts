import { and, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable } from '#db/client.ts'
import { agreementLinks, agreementParties, agreements } from '#db/schema/index.ts'
import { openPoints } from '#features/checklists/model.ts'
import { readAnswers } from '#features/checklists/queries.ts'
import { signedLanguages } from '#features/documents/steps.ts'
import { readStanding } from '#features/reviews/standing.ts'
import { missingLanguages } from '#platform/i18n/same-language.ts'
import { type AgreementFacts, releasableStates } from './lifecycle.ts'
import { factsOf } from './model.ts'
import type { AgreementRecord } from './record.ts'

/** Everything that the lifecycle asks about an agreement, as it stands in the transaction. */
export async function readFacts(database: Queryable, record: AgreementRecord): Promise<AgreementFacts> {
  const { id, words } = record
  const [answers, standing, signatures, copiesMissing, replaced] = await Promise.all([
    readAnswers(database, id),
    readStanding(database, id),
    countSignatures(database, id),
    missingCopies(database, id),
    isReplaced(database, id),
  ])
  return {
    ...factsOf(words),
    openPoints: {
      negotiation: openPoints(words.kind, 'negotiation', answers).length,
      signature: openPoints(words.kind, 'signature', answers).length,
    },
    approval: standing.approval,
    signedOff: standing.signedOff,
    signatures,
    copiesMissing,
    replaced,
  }
}

async function countSignatures(database: Queryable, agreementId: string): Promise<number> {
  const rows = await database
    .select({ names: agreementParties.signatoryNames, signedOn: agreementParties.signedOn })
    .from(agreementParties)
    .where(eq(agreementParties.agreementId, agreementId))
  return rows.filter(({ names, signedOn }) => signedOn !== null && Object.keys(names ?? {}).length > 0).length
}

/** Authentic languages without a signed copy; where none was named, the source language is the authentic one. */
async function missingCopies(database: Queryable, agreementId: string): Promise<string[]> {
  const [row] = await database
    .select({ authentic: agreements.authenticLanguages, source: agreements.sourceLocale })
    .from(agreements)
    .where(eq(agreements.id, agreementId))
  if (row === undefined) return []
  const there = await signedLanguages(database, agreementId)
  return missingLanguages(row.authentic.length > 0 ? row.authentic : [row.source], there)
}

async function isReplaced(database: Queryable, agreementId: string): Promise<boolean> {
  const later = alias(agreements, 'later')
  const rows = await database
    .select({ id: later.id })
    .from(agreementLinks)
    .innerJoin(later, eq(later.id, agreementLinks.agreementId))
    .where(
      and(
        eq(agreementLinks.otherId, agreementId),
        eq(agreementLinks.kind, 'replaces'),
        inArray(later.state, [...releasableStates]),
      ),
    )
    .limit(1)
  return rows.length > 0
}
