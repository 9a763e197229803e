import { inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { labHosts, labs, labTexts } from '#db/schema/index.ts'
import { fromColumns } from '#platform/partial-date.ts'
import { partnerNames } from '#features/partners/steps.ts'
import { partnerIdsOf, publishedInstitutions } from '#features/publications/institutions.ts'
import { type Edition, publish, type Publisher } from '#features/publications/steps.ts'
import { publishedTexts } from '#features/publications/texts.ts'

/** Publishes labs as they stand in the transaction; returns the ids of those whose public face changed. */
export async function publishLabs(tx: Transaction, ids: readonly string[], publisher: Publisher): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .select()
    .from(labs)
    .where(inArray(labs.id, [...ids]))
  const texts = Map.groupBy(
    await tx
      .select()
      .from(labTexts)
      .where(inArray(labTexts.labId, [...ids])),
    (text) => text.labId,
  )
  const allHosts = await tx
    .select()
    .from(labHosts)
    .where(inArray(labHosts.labId, [...ids]))
  const known = await partnerNames(tx, partnerIdsOf(allHosts))
  const hosts = Map.groupBy(allHosts, (host) => host.labId)
  const editions = rows.map((row): Edition<'lab'> => {
    const own = hosts.get(row.id) ?? []
    return {
      kind: 'lab',
      recordId: row.id,
      slug: row.slug,
      oldSlugs: row.oldSlugs,
      countries: row.countries,
      partnerIds: partnerIdsOf(own),
      labIds: [],
      sortDate: row.inaugurated ?? row.started,
      position: 0,
      content: {
        kind: row.kind,
        stage: row.stage,
        countries: row.countries,
        cities: row.cities,
        hosts: publishedInstitutions(own, known),
        started: fromColumns(row.started, row.startedPrecision) ?? null,
        inaugurated: fromColumns(row.inaugurated, row.inauguratedPrecision) ?? null,
        fields: row.fields,
        sourceLocale: row.sourceLocale,
        sources: row.sources,
        texts: publishedTexts(texts.get(row.id) ?? [], ['name', 'summary'], row.sourceLocale),
      },
    }
  })
  return publish(tx, 'lab', editions, publisher)
}
