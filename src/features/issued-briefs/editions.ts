import { and, eq, or, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { publications, type PublicationKind } from '#db/schema/index.ts'
import { current } from '#features/publications/queries.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { addressesOf, segmentsOf } from './addresses.ts'

/** The public records that a brief was made from, as they were: the ids of their editions, which never change. */
export interface NamedEditions {
  readonly editions: readonly string[]
  /** The record that the brief is about, where it is about one. */
  readonly subjectId: string | undefined
}

const kinds: Readonly<Record<string, PublicationKind>> = {
  partners: 'partner',
  labs: 'lab',
  catalogue: 'facility',
  agreements: 'agreement',
}

interface Address {
  readonly kind: PublicationKind
  readonly slug: string
}

/**
 * Finds them by their addresses: a brief links every record that it tells of, and its foot says from which page it was
 * made.
 */
export async function namedEditions(
  database: Queryable,
  document: DocumentModel,
  baseUrl: string,
): Promise<NamedEditions> {
  const subject = recordOf(segmentsOf(document.foot.address, baseUrl))
  const named = (await addressesOf(document, baseUrl)).flatMap((segments) => recordOf(segments) ?? [])
  const conditions = [...Map.groupBy(named, ({ kind }) => kind)].map(([kind, addresses]) =>
    // One parameter, however many there are.
    and(eq(publications.kind, kind), sql`${publications.slug} = any(${sql.param(slugsIn(addresses))}::text[])`),
  )
  if (conditions.length === 0) return { editions: [], subjectId: undefined }
  const rows = await database
    .select({
      id: publications.id,
      kind: publications.kind,
      slug: publications.slug,
      recordId: publications.recordId,
    })
    .from(publications)
    .where(and(current, or(...conditions)))
  return {
    editions: rows.map(({ id }) => id).toSorted(),
    subjectId: rows.find(({ kind, slug }) => kind === subject?.kind && slug === subject.slug)?.recordId,
  }
}

const slugsIn = (addresses: readonly Address[]) => [...new Set(addresses.map(({ slug }) => slug))]

function recordOf(segments: readonly string[] | undefined): Address | undefined {
  const [locale, room = '', slug, ...more] = segments ?? []
  const kind = Object.hasOwn(kinds, room) ? kinds[room] : undefined
  const isRecord = isLocale(locale) && kind !== undefined && slug !== undefined && /^[a-z0-9-]{1,100}$/.test(slug)
  return isRecord && more.length === 0 ? { kind, slug } : undefined
}
