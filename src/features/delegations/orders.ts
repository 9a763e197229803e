import { and, desc, eq, gt, isNull, lte, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import type { DocumentOrder } from '#db/schema/brief-documents.ts'
import { briefDocuments } from '#db/schema/index.ts'
import { countUse, networkOf } from '#features/accounts/throttle.ts'
import { isCode, newCode } from '#features/selections/cookie.ts'
import { languagesOf, type SelectionContents } from '#features/selections/model.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'

/** Briefs that are asked for, made in the background, and found again by their code. */

export interface OrderContext {
  readonly database: Database
  readonly clock: Clock
}

/** Days for which a brief that was made can be fetched. */
export const keptDays = 30

/** Briefs that visitors of one network may ask for within a quarter of an hour. */
const ordersAllowed = 30

export type MadeState = 'waiting' | 'making' | 'ready' | 'failed'

export interface MadeBrief {
  readonly id: string
  readonly code: string
  readonly visitId: string | null
  readonly order: DocumentOrder
  readonly state: MadeState
  readonly done: number
  readonly total: number
  readonly failure: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null
  readonly sha256: string | null
  readonly sizeBytes: number | null
  readonly pages: number | null
  readonly leftOut: number
  readonly createdAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
}

type Row = typeof briefDocuments.$inferSelect

export function madeOf(row: Row): MadeBrief {
  const { id, code, visitId, order, state, done, total, failure, sha256, sizeBytes, pages, leftOut } = row
  return {
    ...{ id, code, visitId, order, state, done, total, failure, sha256, sizeBytes, pages, leftOut },
    createdAt: Temporal.Instant.from(row.createdAt),
    expiresAt: Temporal.Instant.from(row.expiresAt),
  }
}

/** What a selection asks for, in the languages that it is for. */
export function orderOf(contents: SelectionContents, reader: Locale): DocumentOrder {
  const { title, startsOn, endsOn, items } = contents
  return { title, startsOn, endsOn, items, languages: languagesOf(contents, reader) }
}

/**
 * Puts a visitor's brief in line; returns its code.
 * @throws DomainError `selection_empty`, `too_many_attempts`
 */
export async function orderPublic(
  context: OrderContext & { readonly secretKey: string },
  own: SelectionContents & { readonly id: string },
  { locale, address }: { readonly locale: Locale; readonly address: string },
): Promise<string> {
  if (own.items.length === 0) throw new DomainError('selection_empty')
  await countUse(context, `brief:${networkOf(address)}`, ordersAllowed)
  return placeOrder(context.database, context.clock.now(), { order: orderOf(own, locale), selectionId: own.id })
}

export async function placeOrder(
  tx: Queryable,
  now: Temporal.Instant,
  given: {
    readonly order: DocumentOrder
    readonly selectionId?: string
    readonly visitId?: string
    readonly requestedBy?: string | null
  },
): Promise<string> {
  const code = newCode()
  await tx.insert(briefDocuments).values({
    id: newId(),
    code,
    ...given,
    state: 'waiting',
    createdAt: now.toString(),
    expiresAt: now.add({ hours: 24 * keptDays }).toString(),
  })
  return code
}

/**
 * A brief by its code: a visitor's own, or one of a visit.
 * @throws DomainError `document_not_found`, for a malformed code as for one that expired or is another visit's
 */
export async function requireMade(
  { database, clock }: OrderContext,
  code: string,
  visitId?: string,
): Promise<MadeBrief> {
  const of = visitId === undefined ? isNull(briefDocuments.visitId) : eq(briefDocuments.visitId, visitId)
  const lives = gt(briefDocuments.expiresAt, clock.now().toString())
  const [row] = isCode(code)
    ? await database
        .select()
        .from(briefDocuments)
        .where(and(eq(briefDocuments.code, code), of, lives))
    : []
  if (row === undefined) throw new DomainError('document_not_found')
  return madeOf(row)
}

const shownOnPages = 10

/** The briefs that were asked for of a selection or a visit, the newest first. */
export async function madeFrom(
  { database, clock }: OrderContext,
  source: { readonly selectionId: string } | { readonly visitId: string },
): Promise<readonly MadeBrief[]> {
  const of =
    'selectionId' in source
      ? eq(briefDocuments.selectionId, source.selectionId)
      : eq(briefDocuments.visitId, source.visitId)
  const rows = await database
    .select()
    .from(briefDocuments)
    .where(and(of, gt(briefDocuments.expiresAt, clock.now().toString())))
    .orderBy(desc(briefDocuments.createdAt), desc(briefDocuments.id))
    .limit(shownOnPages)
  return rows.map(madeOf)
}

/** Removes briefs that are over; their files go with the next sweep of files, unless something else names them. */
export async function sweepMade({ database, clock }: OrderContext): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.delete(briefDocuments).where(lte(briefDocuments.expiresAt, clock.now().toString()))
    await tx.execute(sql`
      delete from stored_files f
      where f.media_type = 'application/pdf' and 'made_brief' = any (f.flags)
        and not exists (select 1 from brief_documents d where d.sha256 = f.sha256)
        and not exists (select 1 from document_versions v where v.sha256 = f.sha256)
        and not exists (select 1 from agreement_imports i where i.sha256 = f.sha256)`)
  })
}
