import { inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { facilities, facilityHosts, facilityTexts } from '#db/schema/index.ts'
import { fromColumns } from '#platform/partial-date.ts'
import { partnerNames } from '#features/partners/steps.ts'
import { partnerIdsOf, publishedInstitutions } from '#features/publications/institutions.ts'
import { type Edition, publish, type Publisher } from '#features/publications/steps.ts'
import { publishedTexts } from '#features/publications/texts.ts'

/** Publishes facilities as they stand in the transaction; returns the ids of those whose public face changed. */
export async function publishFacilities(
  tx: Transaction,
  ids: readonly string[],
  publisher: Publisher,
): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .select()
    .from(facilities)
    .where(inArray(facilities.id, [...ids]))
  const texts = Map.groupBy(
    await tx
      .select()
      .from(facilityTexts)
      .where(inArray(facilityTexts.facilityId, [...ids])),
    (text) => text.facilityId,
  )
  const allHosts = await tx
    .select()
    .from(facilityHosts)
    .where(inArray(facilityHosts.facilityId, [...ids]))
  const known = await partnerNames(tx, partnerIdsOf(allHosts))
  const hosts = Map.groupBy(allHosts, (host) => host.facilityId)
  const editions = rows.map((row): Edition<'facility'> => {
    const own = hosts.get(row.id) ?? []
    return {
      kind: 'facility',
      recordId: row.id,
      slug: row.slug,
      oldSlugs: row.oldSlugs,
      countries: ['CN'],
      partnerIds: partnerIdsOf(own),
      labIds: [],
      sortDate: row.established,
      position: row.position,
      content: {
        kind: row.kind,
        stage: row.stage,
        position: row.position,
        parentId: row.parentId,
        city: row.city,
        website: row.website,
        established: fromColumns(row.established, row.establishedPrecision) ?? null,
        hosts: publishedInstitutions(own, known),
        fields: row.fields,
        sourceLocale: row.sourceLocale,
        sources: row.sources,
        texts: publishedTexts(texts.get(row.id) ?? [], ['name', 'summary'], row.sourceLocale),
      },
    }
  })
  return publish(tx, 'facility', editions, publisher)
}
