import { and, eq, gt, lte } from 'drizzle-orm'
import type { Database, Queryable, Transaction } from '#db/client.ts'
import { briefSelections } from '#db/schema/index.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'
import { hashOf, isCode, newCode, newSecret } from './cookie.ts'
import { emptyContents, limits, type SelectionContents } from './model.ts'

/** What visitors put together, each their own; no account stands behind it, so no permission is asked. */

export interface OwnContext {
  readonly database: Database
  readonly clock: Clock
}

export interface OwnSelection extends SelectionContents {
  readonly id: string
  readonly version: number
  readonly shareCode: string
  readonly expiresAt: Temporal.Instant
}

type Row = typeof briefSelections.$inferSelect

/** What somebody's columns say, whichever table they stand in. */
export function contentsOf(
  row: Pick<Row, 'title' | 'startsOn' | 'endsOn' | 'firstLanguage' | 'secondLanguage' | 'items'>,
): SelectionContents {
  return {
    title: row.title,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    firstLanguage: isLocale(row.firstLanguage) ? row.firstLanguage : null,
    secondLanguage: isLocale(row.secondLanguage) ? row.secondLanguage : null,
    items: row.items,
  }
}

const ownOf = (row: Row): OwnSelection => ({
  ...contentsOf(row),
  id: row.id,
  version: row.version,
  shareCode: row.shareCode,
  expiresAt: Temporal.Instant.from(row.expiresAt),
})

/** The selection that a cookie holds; undefined for one that has expired or never was. */
export async function readOwn({ database, clock }: OwnContext, secret: string): Promise<OwnSelection | undefined> {
  const row = await find(database, secret, clock.now())
  return row && ownOf(row)
}

async function find(tx: Queryable, secret: string, now: Temporal.Instant): Promise<Row | undefined> {
  const [row] = await tx
    .select()
    .from(briefSelections)
    .where(and(eq(briefSelections.secretHash, hashOf(secret)), gt(briefSelections.expiresAt, now.toString())))
  return row
}

/** What a share link shows. @throws DomainError `selection_not_found`, for a malformed code as for one that expired */
export async function readShared({ database, clock }: OwnContext, code: string): Promise<SelectionContents> {
  const [row] = isCode(code)
    ? await database
        .select()
        .from(briefSelections)
        .where(and(eq(briefSelections.shareCode, code), gt(briefSelections.expiresAt, clock.now().toString())))
    : []
  if (row === undefined) throw new DomainError('selection_not_found')
  return contentsOf(row)
}

export interface OwnStep {
  /** Of the form; a step without one may be sent as often as one likes. */
  readonly token?: string
  /** What the form was opened on; without one, the change fits any state. */
  readonly version?: number
}

/**
 * Changes the selection that a cookie holds, or begins one.
 * @returns the secret for the cookie, a new one where the selection is new
 * @throws DomainError `stale_version` where it was changed since the form was opened, and what `change` throws
 */
export async function changeOwn(
  { database, clock }: OwnContext,
  secret: string | undefined,
  { token, version }: OwnStep,
  change: (contents: SelectionContents) => SelectionContents,
): Promise<{ readonly secret: string; readonly isNew: boolean }> {
  if (token !== undefined && !isUuid(token)) throw new DomainError('bad_request', { parameter: 'token' })
  const now = clock.now()
  return database.transaction(async (tx) => {
    const row = secret === undefined ? undefined : await lock(tx, secret, now)
    if (row === undefined || secret === undefined) {
      // A form of a selection that is gone begins no new one with what is left in it.
      if (version !== undefined) throw new DomainError('selection_not_found')
      return { secret: await begin(tx, change(emptyContents), now), isNew: true }
    }
    const done = { secret, isNew: false }
    if (token !== undefined && row.lastToken === token) return done
    if (version !== undefined && row.version !== version) throw new DomainError('stale_version')
    await tx
      .update(briefSelections)
      .set({
        ...columnsOf(change(contentsOf(row))),
        version: row.version + 1,
        lastToken: token ?? null,
        updatedAt: now.toString(),
        expiresAt: expiryAfter(now),
      })
      .where(eq(briefSelections.id, row.id))
    return done
  })
}

async function lock(tx: Transaction, secret: string, now: Temporal.Instant): Promise<Row | undefined> {
  const [row] = await tx
    .select()
    .from(briefSelections)
    .where(and(eq(briefSelections.secretHash, hashOf(secret)), gt(briefSelections.expiresAt, now.toString())))
    .for('update')
  return row
}

async function begin(tx: Transaction, contents: SelectionContents, now: Temporal.Instant): Promise<string> {
  const secret = newSecret()
  await tx.insert(briefSelections).values({
    id: newId(),
    secretHash: hashOf(secret),
    shareCode: newCode(),
    ...columnsOf(contents),
    createdAt: now.toString(),
    updatedAt: now.toString(),
    expiresAt: expiryAfter(now),
  })
  return secret
}

export function columnsOf({ items, ...rest }: SelectionContents) {
  return { ...rest, items: [...items] }
}

const expiryAfter = (now: Temporal.Instant) => now.add({ hours: 24 * limits.days }).toString()

/** Removes what nobody has touched for so long. */
export async function sweepSelections({ database, clock }: OwnContext): Promise<void> {
  await database.delete(briefSelections).where(lte(briefSelections.expiresAt, clock.now().toString()))
}
