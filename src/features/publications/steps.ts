import { isDeepStrictEqual } from 'node:util'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { among } from '#db/among.ts'
import type { Transaction } from '#db/client.ts'
import { type PublicationKind, publications } from '#db/schema/index.ts'
import { announceChange } from '#platform/changes.ts'
import { newId } from '#platform/ids.ts'
import type { PublishedContents } from './model.ts'

/** A record as it is to be seen by the public, with the columns that lists filter and sort by. */
export interface Edition<Kind extends PublicationKind> {
  readonly kind: Kind
  readonly recordId: string
  readonly slug: string
  readonly oldSlugs: readonly string[]
  readonly side?: string
  readonly countries: readonly string[]
  readonly partnerIds: readonly string[]
  readonly labIds: readonly string[]
  readonly sortDate: string | null
  readonly position: number
  readonly content: PublishedContents[Kind]
}

export interface Publisher {
  readonly at: Temporal.Instant
  /** The user who publishes; null for the system and the command line. */
  readonly by: string | null
}

const rowsAtOnce = 500

/**
 * Puts records before the public, each as a new immutable edition, in the transaction of the change itself.
 * A record whose public face stays the same keeps its edition. Returns the ids of those that changed.
 */
export async function publish<Kind extends PublicationKind>(
  tx: Transaction,
  kind: Kind,
  editions: readonly Edition<Kind>[],
  { at, by }: Publisher,
): Promise<string[]> {
  if (editions.length === 0) return []
  const last = await newest(tx, kind, editions)
  const changed = editions.filter((edition) => !shows(last.get(edition.recordId), edition))
  for (let start = 0; start < changed.length; start += rowsAtOnce) {
    const part = changed.slice(start, start + rowsAtOnce)
    await supersede(
      tx,
      kind,
      part.map((edition) => edition.recordId),
      at,
    )
    await tx.insert(publications).values(
      part.map((edition) => ({
        ...columnsOf(edition),
        id: newId(),
        edition: (last.get(edition.recordId)?.edition ?? 0) + 1,
        publishedAt: at.toString(),
        publishedBy: by,
      })),
    )
  }
  if (changed.length > 0) await announceChange(tx, [kind])
  return changed.map((edition) => edition.recordId)
}

/** Takes records out of public view; what was published stays on file. */
export async function withdraw(
  tx: Transaction,
  kind: PublicationKind,
  recordIds: readonly string[],
  { at }: Pick<Publisher, 'at'>,
): Promise<void> {
  if (recordIds.length === 0) return
  await tx
    .update(publications)
    .set({ withdrawnAt: at.toString() })
    .where(and(eq(publications.kind, kind), among(publications.recordId, [...recordIds]), current))
  await announceChange(tx, [kind])
}

/** What the public sees of these records now, as it was published. */
export async function currentEditions<Kind extends PublicationKind>(
  tx: Transaction,
  kind: Kind,
  recordIds: readonly string[],
): Promise<Edition<Kind>[]> {
  const rows = await tx
    .select()
    .from(publications)
    .where(and(eq(publications.kind, kind), among(publications.recordId, [...recordIds]), current))
  return rows.map((row) => ({
    kind,
    recordId: row.recordId,
    slug: row.slug,
    oldSlugs: row.oldSlugs,
    ...(row.side !== null && { side: row.side }),
    countries: row.countries,
    partnerIds: row.partnerIds,
    labIds: row.labIds,
    sortDate: row.sortDate,
    position: row.position,
    content: row.content as PublishedContents[Kind],
  }))
}

const current = and(isNull(publications.supersededAt), isNull(publications.withdrawnAt))

type Row = typeof publications.$inferSelect

async function newest(
  tx: Transaction,
  kind: PublicationKind,
  editions: readonly Edition<PublicationKind>[],
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  for (let start = 0; start < editions.length; start += rowsAtOnce) {
    const ids = editions.slice(start, start + rowsAtOnce).map((edition) => edition.recordId)
    const rows = await tx
      .selectDistinctOn([publications.recordId])
      .from(publications)
      .where(and(eq(publications.kind, kind), among(publications.recordId, ids)))
      .orderBy(publications.recordId, sql`${publications.edition} desc`)
    for (const row of rows) found.set(row.recordId, row)
  }
  return found
}

async function supersede(tx: Transaction, kind: PublicationKind, ids: string[], at: Temporal.Instant): Promise<void> {
  await tx
    .update(publications)
    .set({ supersededAt: at.toString() })
    .where(and(eq(publications.kind, kind), among(publications.recordId, ids), current))
}

function columnsOf(edition: Edition<PublicationKind>) {
  return {
    kind: edition.kind,
    recordId: edition.recordId,
    slug: edition.slug,
    oldSlugs: [...edition.oldSlugs],
    recordKind: edition.content.kind,
    side: edition.side ?? null,
    countries: [...edition.countries],
    fields: [...edition.content.fields],
    partnerIds: [...edition.partnerIds],
    labIds: [...edition.labIds],
    sortDate: edition.sortDate,
    position: edition.position,
    // As the database gives it back: without keys that are undefined.
    content: JSON.parse(JSON.stringify(edition.content)) as unknown,
  }
}

/** Whether the public sees this already. */
function shows(row: Row | undefined, edition: Edition<PublicationKind>): boolean {
  if (row === undefined || row.supersededAt !== null || row.withdrawnAt !== null) return false
  return Object.entries(columnsOf(edition)).every(([key, value]) => isDeepStrictEqual(row[key as keyof Row], value))
}
