import { createHash } from 'node:crypto'
import { and, desc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import type { DelegationOrder, DocumentOrder, ReportOrder } from '#db/schema/brief-documents.ts'
import { briefDocuments } from '#db/schema/index.ts'
import { countUse, networkOf } from '#features/accounts/throttle.ts'
import { isCode, newCode } from '#features/selections/cookie.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
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

export interface MadeBrief<Order extends DocumentOrder = DocumentOrder> {
  readonly id: string
  readonly code: string
  readonly visitId: string | null
  /** The only person who may have it. */
  readonly ownerId: string | null
  readonly order: Order
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

export type MadeDelegation = MadeBrief<DelegationOrder>
export type MadeReport = MadeBrief<ReportOrder>

type Row = typeof briefDocuments.$inferSelect

export function madeOf(row: Row): MadeBrief {
  const { id, code, visitId, ownerId, order, state, done, total, failure, sha256, sizeBytes, pages, leftOut } = row
  return {
    ...{ id, code, visitId, ownerId, order, state, done, total, failure, sha256, sizeBytes, pages, leftOut },
    createdAt: Temporal.Instant.from(row.createdAt),
    expiresAt: Temporal.Instant.from(row.expiresAt),
  }
}

/** Counts an order of a visitor. @throws DomainError `too_many_attempts` */
export function countOrder(
  context: OrderContext & { readonly secretKey: string },
  { address }: { readonly address: string },
): Promise<void> {
  return countUse(context, `brief:${networkOf(address)}`, ordersAllowed)
}

interface Placing {
  readonly order: DocumentOrder
  readonly selectionId?: string
  readonly visitId?: string
  readonly ownerId?: string
  readonly requestedBy?: string | null
}

export interface Placed {
  readonly id: string
  readonly code: string
}

/** Puts a brief in line. */
export async function placeOrder(tx: Queryable, now: Temporal.Instant, given: Placing): Promise<Placed> {
  const placed = await place(tx, now, given, null)
  if (placed === undefined) throw new Error('a brief was not put in line')
  return placed
}

const notMadeYet = ['waiting', 'making'] as const

/** Puts a brief in line, unless the same one, for the same person, waits or is being made: then it is that one. */
export async function placeOrderOnce(tx: Queryable, now: Temporal.Instant, given: Placing): Promise<Placed> {
  const same = JSON.stringify([given.ownerId ?? null, given.order.kind, Object.entries(given.order).toSorted()])
  const sameKey = createHash('sha256').update(same).digest('hex')
  for (;;) {
    const placed = await place(tx, now, given, sameKey)
    if (placed !== undefined) return placed
    const [known] = await tx
      .select({ id: briefDocuments.id, code: briefDocuments.code })
      .from(briefDocuments)
      .where(and(eq(briefDocuments.sameKey, sameKey), inArray(briefDocuments.state, [...notMadeYet])))
    // None where it was finished a moment ago: then it can be placed.
    if (known !== undefined) return known
  }
}

async function place(
  tx: Queryable,
  now: Temporal.Instant,
  given: Placing,
  sameKey: string | null,
): Promise<Placed | undefined> {
  const [placed] = await tx
    .insert(briefDocuments)
    .values({
      id: newId(),
      code: newCode(),
      ...given,
      sameKey,
      state: 'waiting',
      createdAt: now.toString(),
      expiresAt: now.add({ hours: 24 * keptDays }).toString(),
    })
    .onConflictDoNothing({ target: briefDocuments.sameKey, where: sql`state in ('waiting', 'making')` })
    .returning({ id: briefDocuments.id, code: briefDocuments.code })
  return placed
}

/** For whom a brief was made: for any visitor who knows its code, for who reads a visit, or for one person alone. */
export type Audience = 'visitors' | { readonly visitId: string } | { readonly ownerId: string }

function madeFor(audience: Audience) {
  if (audience === 'visitors') return and(isNull(briefDocuments.visitId), isNull(briefDocuments.ownerId))
  return 'visitId' in audience
    ? eq(briefDocuments.visitId, audience.visitId)
    : eq(briefDocuments.ownerId, audience.ownerId)
}

const ofKind = (kind: DocumentOrder['kind']) => sql`${briefDocuments.order} ->> 'kind' = ${kind}`

/**
 * A brief by its code.
 * @throws DomainError `document_not_found`, for a malformed code as for one that expired or is somebody else's
 */
export async function requireMade<Kind extends DocumentOrder['kind']>(
  { database, clock }: OrderContext,
  code: string,
  kind: Kind,
  audience: Audience = 'visitors',
): Promise<MadeBrief<Extract<DocumentOrder, { readonly kind: Kind }>>> {
  const lives = gt(briefDocuments.expiresAt, clock.now().toString())
  const [row] = isCode(code)
    ? await database
        .select()
        .from(briefDocuments)
        .where(and(eq(briefDocuments.code, code), ofKind(kind), madeFor(audience), lives))
    : []
  if (row === undefined) throw new DomainError('document_not_found')
  return madeOf(row) as MadeBrief<Extract<DocumentOrder, { readonly kind: Kind }>>
}

/** How far a brief is, whoever it is for. */
export async function stateOfMade({ database }: OrderContext, code: string): Promise<MadeState | undefined> {
  const [row] = await database
    .select({ state: briefDocuments.state })
    .from(briefDocuments)
    .where(eq(briefDocuments.code, code))
  return row?.state
}

const shownOnPages = 10

/** The briefs that were asked for of a selection or a visit, or by a person for themselves, the newest first. */
export async function madeFrom(
  { database, clock }: OrderContext,
  source: { readonly selectionId: string } | Exclude<Audience, 'visitors'>,
): Promise<readonly MadeBrief[]> {
  const of = 'selectionId' in source ? eq(briefDocuments.selectionId, source.selectionId) : madeFor(source)
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
