import { inArray } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client.ts'
import { partners, partnerTexts } from '#db/schema/index.ts'
import { fromColumns } from '#platform/partial-date.ts'
import { type Edition, publish, type Publisher } from '#features/publications/steps.ts'
import { namesOf, publishedTexts } from '#features/publications/texts.ts'

/** Publishes partners as they stand in the transaction; returns the ids of those whose public face changed. */
export async function publishPartners(
  tx: Transaction,
  ids: readonly string[],
  publisher: Publisher,
): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .select()
    .from(partners)
    .where(inArray(partners.id, [...ids]))
  const texts = Map.groupBy(
    await tx
      .select()
      .from(partnerTexts)
      .where(inArray(partnerTexts.partnerId, [...ids])),
    (text) => text.partnerId,
  )
  const editions = rows.map((row): Edition<'partner'> => ({
    kind: 'partner',
    recordId: row.id,
    slug: row.slug,
    oldSlugs: row.oldSlugs,
    side: row.side,
    countries: [row.country],
    partnerIds: row.parentId === null ? [] : [row.parentId],
    labIds: [],
    sortDate: row.established,
    position: 0,
    content: {
      kind: row.kind,
      country: row.country,
      side: row.side as 'yunnan' | 'china' | 'abroad',
      standing: row.standing as 'listed' | 'confirmed',
      city: row.city,
      website: row.website,
      established: fromColumns(row.established, row.establishedPrecision) ?? null,
      location: row.latitude === null || row.longitude === null ? null : [row.latitude, row.longitude],
      locationPrecision: row.locationPrecision as 'city' | 'site' | null,
      ror: row.ror,
      acronyms: row.acronyms,
      parentId: row.parentId,
      fields: row.fields,
      sourceLocale: row.sourceLocale,
      sources: row.sources,
      texts: publishedTexts(texts.get(row.id) ?? [], ['name', 'summary'], row.sourceLocale),
    },
  }))
  return publish(tx, 'partner', editions, publisher)
}

/** The names of partners by language, as they stand in the transaction, with their countries. */
export async function partnerNames(
  tx: Queryable,
  ids: readonly string[],
): Promise<Map<string, { names: Record<string, string>; country: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: partners.id, country: partners.country })
    .from(partners)
    .where(inArray(partners.id, [...ids]))
  const texts = Map.groupBy(
    await tx
      .select({ partnerId: partnerTexts.partnerId, locale: partnerTexts.locale, name: partnerTexts.name })
      .from(partnerTexts)
      .where(inArray(partnerTexts.partnerId, [...ids])),
    (text) => text.partnerId,
  )
  return new Map(rows.map((row) => [row.id, { names: namesOf(texts.get(row.id) ?? []), country: row.country }]))
}
