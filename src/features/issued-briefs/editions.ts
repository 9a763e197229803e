import { and, eq, inArray, or } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { publications, type PublicationKind } from '#db/schema/index.ts'
import { current } from '#features/publications/queries.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'

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
  const subject = addressOf(document.foot.address, baseUrl)
  const named = [document.foot.address, ...hrefsOf(document.blocks)].flatMap((href) => addressOf(href, baseUrl) ?? [])
  const conditions = [...Map.groupBy(named, ({ kind }) => kind)].map(([kind, addresses]) =>
    and(eq(publications.kind, kind), inArray(publications.slug, [...new Set(addresses.map(({ slug }) => slug))])),
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

function addressOf(href: string, baseUrl: string): Address | undefined {
  if (!href.startsWith(`${baseUrl}/`)) return undefined
  const [locale, room = '', slug, ...more] = href.slice(baseUrl.length + 1).split('/')
  const kind = Object.hasOwn(kinds, room) ? kinds[room] : undefined
  const isRecord = isLocale(locale) && kind !== undefined && slug !== undefined && /^[a-z0-9-]{1,100}$/.test(slug)
  return isRecord && more.length === 0 ? { kind, slug } : undefined
}

/** Every address in a part of a document, however deep. */
function hrefsOf(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(hrefsOf)
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, value]) =>
    name === 'href' && typeof value === 'string' ? [value] : hrefsOf(value),
  )
}
