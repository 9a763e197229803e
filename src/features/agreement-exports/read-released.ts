import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreements, publications } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import type { Names } from '#features/hub/model.ts'
import { current, publishedColumns, publishedShelves, type Shelves } from '#features/publications/queries.ts'
import type { PublishedInstitution } from '#features/publications/model.ts'
import type { Published } from '#features/publications/shelf.ts'
import type { PublishedTexts } from '#platform/i18n/fallback.ts'
import type { ExportedAgreement, ExportedParty } from './model.ts'

/** Those of the agreements that are released, as the public register shows them now, in the order of the ids. */
export async function readReleased(
  database: Database,
  actor: Actor,
  ids: readonly string[],
): Promise<ExportedAgreement[]> {
  const [rows, shelves] = await Promise.all([
    database
      .select(publishedColumns)
      .from(publications)
      .innerJoin(agreements, eq(agreements.id, publications.recordId))
      .where(
        and(eq(publications.kind, 'agreement'), current, inArray(publications.recordId, [...ids]), visibleTo(actor)),
      ),
    publishedShelves(database),
  ])
  const found = new Map(
    (rows as Published<'agreement'>[]).map((row) => [row.recordId, exported(row, shelves)] as const),
  )
  return ids.flatMap((id) => found.get(id) ?? [])
}

function exported(record: Published<'agreement'>, shelves: Shelves): ExportedAgreement {
  const { content } = record
  return {
    id: record.recordId,
    slug: record.slug,
    at: Temporal.Instant.from(record.publishedAt),
    reference: content.reference,
    kind: content.kind,
    state: content.state ?? '',
    sourceLocale: content.sourceLocale,
    titles: valuesOf(content.texts, 'title'),
    summaries: valuesOf(content.texts, 'summary'),
    parties: content.parties.map((party) => partyOf(party, shelves)),
    signed: content.signed,
    effective: content.effective,
    ends: content.ends,
    fields: content.fields,
    labs: content.labIds.flatMap((id) => {
      const lab = shelves.lab.byId.get(id)
      return lab === undefined ? [] : [{ id, names: valuesOf(lab.content.texts, 'name') }]
    }),
    office: null,
  }
}

/** A party by its public profile; by the name it was published under where it has none (any more). */
function partyOf(
  { partnerId, names, officialNames = [], country, role = 'partner' }: PublishedInstitution,
  shelves: Shelves,
): ExportedParty {
  const profile = partnerId === null ? undefined : shelves.partner.byId.get(partnerId)
  return {
    role,
    partnerId: profile === undefined ? null : partnerId,
    ror: profile?.content.ror ?? null,
    names: profile === undefined ? names : valuesOf(profile.content.texts, 'name'),
    officialNames: profile === undefined ? officialNames : [],
    country,
    office: null,
  }
}

function valuesOf<Field extends string>(texts: PublishedTexts<Field>, field: Field): Names {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([language, text]) => {
      const value = text[field]?.value
      return value === undefined || value === '' ? [] : [[language, value]]
    }),
  )
}
