import { among } from '#db/among.ts'
import type { Queryable, Transaction } from '#db/client.ts'
import { agreementLabs, agreementParties, agreements, agreementTexts } from '#db/schema/index.ts'
import { fromColumns } from '#platform/partial-date.ts'
import { partnerNames } from '#features/partners/steps.ts'
import { partnerIdsOf, publishedInstitutions } from '#features/publications/institutions.ts'
import { currentEditions, type Edition, publish, type Publisher } from '#features/publications/steps.ts'
import { publishedTexts } from '#features/publications/texts.ts'
import { inOrder } from './languages.ts'
import type { AgreementState } from './lifecycle.ts'

/**
 * Puts agreements into the public register as they stand in the transaction, with what the register shows and
 * nothing more (no value). The caller has made sure that they may be released.
 */
export async function publishAgreements(
  tx: Transaction,
  ids: readonly string[],
  publisher: Publisher,
): Promise<string[]> {
  return publish(tx, 'agreement', await agreementEditions(tx, ids), publisher)
}

/**
 * The editions that publishing agreements would make as they stand: what is shown to whoever releases one is made here
 * too, so that it is what the public gets. It asks nobody for permission.
 */
export async function agreementEditions(tx: Queryable, ids: readonly string[]): Promise<Edition<'agreement'>[]> {
  if (ids.length === 0) return []
  const wanted = [...ids]
  const rows = await tx.select().from(agreements).where(among(agreements.id, wanted))
  const texts = Map.groupBy(
    await tx.select().from(agreementTexts).where(among(agreementTexts.agreementId, wanted)),
    (text) => text.agreementId,
  )
  const allParties = await tx.select().from(agreementParties).where(among(agreementParties.agreementId, wanted))
  const known = await partnerNames(tx, partnerIdsOf(allParties))
  const parties = Map.groupBy(allParties, (party) => party.agreementId)
  const labs = Map.groupBy(
    await tx.select().from(agreementLabs).where(among(agreementLabs.agreementId, wanted)),
    (link) => link.agreementId,
  )
  return rows.map((row): Edition<'agreement'> => {
    const own = parties.get(row.id) ?? []
    const words = texts.get(row.id) ?? []
    const official = inOrder(words.flatMap((text) => (text.titleOfficial && text.title !== null ? [text.locale] : [])))
    const institutions = publishedInstitutions(own, known)
    const labIds = (labs.get(row.id) ?? []).map((link) => link.labId).sort()
    return {
      kind: 'agreement',
      recordId: row.id,
      slug: row.slug,
      oldSlugs: row.oldSlugs,
      countries: [...new Set(institutions.flatMap((party) => party.country ?? []))].sort(),
      partnerIds: partnerIdsOf(own),
      labIds,
      sortDate: row.signed ?? row.effective,
      position: 0,
      content: {
        kind: row.kind,
        origin: row.origin,
        state: row.state,
        reference: row.reference,
        parties: institutions,
        signed: fromColumns(row.signed, row.signedPrecision) ?? null,
        effective: fromColumns(row.effective, row.effectivePrecision) ?? null,
        ends: fromColumns(row.ends, row.endsPrecision) ?? null,
        labIds,
        fields: row.fields,
        sourceLocale: row.sourceLocale,
        sources: row.sources,
        texts: publishedTexts(words, ['title', 'summary'], row.sourceLocale),
        ...(official.length > 0 && { officialTitles: official }),
      },
    }
  })
}

/**
 * Lets the public register follow a step that comes from the dates it shows: the released edition stays as it was
 * granted, but for the state. An edition that showed another state than the one left is nobody's to correct here.
 */
export async function publishState(
  tx: Transaction,
  id: string,
  { from, to }: { readonly from: AgreementState; readonly to: AgreementState },
  publisher: Publisher,
): Promise<void> {
  const [edition] = await currentEditions(tx, 'agreement', [id])
  if (edition === undefined || edition.content.state !== from) return
  await publish(tx, 'agreement', [{ ...edition, content: { ...edition.content, state: to } }], publisher)
}
