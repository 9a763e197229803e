import { and, eq, exists, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { agreementLinks, agreementParties, agreements } from '#db/schema/index.ts'
import { openPoints } from '#features/checklists/model.ts'
import { readAnswers } from '#features/checklists/queries.ts'
import { signedLanguages } from '#features/documents/steps.ts'
import { readApproval } from '#features/reviews/standing.ts'
import { missingLanguages } from '#platform/i18n/same-language.ts'
import { releasableStates } from './lifecycle.ts'
import type { AgreementFacts } from './requirements.ts'
import { factsOf } from './model.ts'
import type { AgreementRecord } from './record.ts'

/** Everything that the lifecycle asks about an agreement, as it stands in the transaction. */
export async function readFacts(database: Queryable, record: AgreementRecord): Promise<AgreementFacts> {
  const { id, words } = record
  const authentic = words.authenticLanguages.length > 0 ? words.authenticLanguages : [words.sourceLocale]
  const [answers, { approval, signedOff }, copies, { signatures, replaced }] = await Promise.all([
    readAnswers(database, id),
    readApproval(database, id),
    signedLanguages(database, id),
    readSigning(database, id),
  ])
  return {
    ...factsOf(words),
    openPoints: {
      negotiation: openPoints(words.kind, 'negotiation', answers).length,
      signature: openPoints(words.kind, 'signature', answers).length,
    },
    approval,
    signedOff,
    signatures,
    // Where no language was named as authentic, the source language is.
    copiesMissing: missingLanguages(authentic, copies),
    replaced,
  }
}

/** How many parties have signed by name and day, and whether a later agreement replaces this one. */
async function readSigning(database: Queryable, agreementId: string) {
  const [found] = await signing(database, { id: agreementId })
  return found ?? { signatures: 0, replaced: false }
}

const signing = keptQuery<{ id: string }>()((database, value) => {
  const { signatoryNames, signedOn } = agreementParties
  const later = alias(agreements, 'later')
  const replacing = database
    .select({ id: later.id })
    .from(agreementLinks)
    .innerJoin(later, eq(later.id, agreementLinks.agreementId))
    .where(
      and(
        eq(agreementLinks.otherId, value('id')),
        eq(agreementLinks.kind, 'replaces'),
        inArray(later.state, [...releasableStates]),
      ),
    )
  return database
    .select({
      signatures: sql<number>`count(*) filter (where ${signedOn} is not null and ${signatoryNames} <> '{}')::int`,
      replaced: sql<boolean>`${exists(replacing)}`,
    })
    .from(agreementParties)
    .where(eq(agreementParties.agreementId, value('id')))
})
