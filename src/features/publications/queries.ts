import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { sharedRead } from '#db/shared-read.ts'
import { publications, type PublicationKind } from '#db/schema/index.ts'
import { DomainError } from '#platform/errors.ts'
import { type Published, type Shelf, shelfOf } from './shelf.ts'

/** What the public sees now: the newest edition of each record, unless it was withdrawn. */
export const current = and(isNull(publications.supersededAt), isNull(publications.withdrawnAt))

/** The kinds whose current editions a process keeps in memory; agreements may grow too many for that. */
const shelved = ['partner', 'lab', 'facility'] as const

export type ShelvedKind = (typeof shelved)[number]

export type Shelves = { readonly [Kind in ShelvedKind]: Shelf<Kind> }

interface Kept {
  readonly stamp: string
  readonly shelf: Promise<Shelf<ShelvedKind>>
}

const kept = new WeakMap<Queryable, Map<ShelvedKind, Kept>>()

/**
 * All current partners, labs and facilities. Read and parsed once a process; one small query tells which kinds were
 * written to since, so that no process shows what another has superseded or withdrawn.
 */
export async function publishedShelves(database: Queryable): Promise<Shelves> {
  const stamps = await stampsOf(database)
  const known = kept.get(database) ?? new Map<ShelvedKind, Kept>()
  kept.set(database, known)
  const entries = shelved.map(async (kind) => {
    const stamp = stamps.get(kind) ?? ''
    let entry = known.get(kind)
    if (entry?.stamp !== stamp) {
      entry = { stamp, shelf: readShelf(database, kind) }
      known.set(kind, entry)
      entry.shelf.catch(() => known.delete(kind))
    }
    return [kind, await entry.shelf] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as unknown as Shelves
}

/**
 * Changes whenever the set of current editions does: an edition never changes, and has an id of its own. Read before
 * every page, so it is one short text without parameters, and parts of a page that are made beside one another ask once.
 */
const stampsOf = sharedRead(async (database): Promise<ReadonlyMap<string, string>> => {
  const rows = await database.execute<{ kind: string; stamp: string }>(sql`
    select kind, count(*) || ' ' || bit_xor(uuid_hash_extended(id, 0)) as stamp
    from publications
    where superseded_at is null and withdrawn_at is null and kind <> 'agreement'
    group by kind`)
  return new Map(rows.map((row) => [row.kind, row.stamp]))
})

const columns = {
  recordId: publications.recordId,
  slug: publications.slug,
  oldSlugs: publications.oldSlugs,
  publishedAt: publications.publishedAt,
  sortDate: publications.sortDate,
  position: publications.position,
  recordKind: publications.recordKind,
  countries: publications.countries,
  fields: publications.fields,
  partnerIds: publications.partnerIds,
  labIds: publications.labIds,
  content: publications.content,
}

export { columns as publishedColumns }

async function readShelf<Kind extends ShelvedKind>(database: Queryable, kind: Kind): Promise<Shelf<Kind>> {
  const rows = await database
    .select(columns)
    .from(publications)
    .where(and(eq(publications.kind, kind), current))
    .orderBy(publications.position, publications.slug)
  return shelfOf(rows as Published<Kind>[])
}

/** A record, or the slug that its address has moved to. */
export type Found<Record> = { readonly record: Record } | { readonly movedTo: string }

/**
 * The current record of a slug.
 * @throws DomainError `gone` where it was withdrawn, `not_found` where there never was one.
 */
export async function findOnShelf<Kind extends ShelvedKind>(
  database: Queryable,
  kind: Kind,
  shelf: Shelf<Kind>,
  slug: string,
): Promise<Found<Published<Kind>>> {
  const record = shelf.bySlug.get(slug)
  if (record !== undefined) return { record }
  const moved = shelf.byOldSlug.get(slug)
  if (moved !== undefined) return { movedTo: moved.slug }
  throw await missing(database, kind, slug)
}

/** Why there is nothing public under a slug. */
export async function missing(database: Queryable, kind: PublicationKind, slug: string): Promise<DomainError> {
  // PostgreSQL refuses text with a NUL; a slug is ASCII, so nothing else was ever published.
  if (!/^[a-z0-9-]{1,100}$/.test(slug)) return new DomainError('not_found')
  const [former] = await database
    .select({ id: publications.id })
    .from(publications)
    .where(and(eq(publications.kind, kind), eq(publications.slug, slug)))
    .limit(1)
  return new DomainError(former === undefined ? 'not_found' : 'gone')
}
