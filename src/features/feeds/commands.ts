import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { calendarFeeds } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { type FeedHolding, hashOfToken, isFeedHolding, newFeedToken } from './model.ts'

/** Feeds are somebody's own: the system has none. */
function personOf(actor: KnownActor): string {
  if (actor.kind !== 'user') throw new DomainError('forbidden')
  return actor.id
}

function checkHolding(holds: string): FeedHolding {
  if (isFeedHolding(holds)) return holds
  throw new DomainError('invalid_input', {}, [{ path: 'holds', code: 'unknown_choice', params: { value: holds } }])
}

export interface FeedWanted {
  /** Of the form, not of the feed. */
  readonly token: string
  /** `own` or `all`. */
  readonly holds: string
  readonly locale: Locale
}

/**
 * Makes somebody's feed, or gives it a new address in place of the one that it has. Returns the token of the address,
 * this once: it is kept nowhere. Undefined where the same form came before: its answer had the address.
 * @throws DomainError `invalid_input`
 */
export const makeFeed = command(
  'agreements.read',
  async (context: OnceContext, actor, { token, holds: wanted, locale }: FeedWanted): Promise<string | undefined> => {
    const userId = personOf(actor)
    const holds = checkHolding(wanted)
    const made = newFeedToken()
    const hash = hashOfToken(made)
    const kept = await once(context, actor, { token, action: 'feed.make', content: { holds } }, async (tx) => {
      const before = await lockFeed(tx, userId)
      const at = context.clock.now()
      const values = { tokenHash: hash, holds, locale, madeAt: at.toString(), lastReadAt: null }
      await tx
        .insert(calendarFeeds)
        .values({ userId, ...values })
        .onConflictDoUpdate({ target: calendarFeeds.userId, set: values })
      await recordAudit(tx, actor, {
        action: before === undefined ? 'feed.make' : 'feed.renew',
        subject: { kind: 'user', id: userId },
        at,
        changes: [{ field: 'feed.holds', before: before?.holds ?? null, after: holds }],
      })
      return hash
    })
    return kept === hash ? made : undefined
  },
)

/** Chooses what the feed holds; its address stays. @throws DomainError `invalid_input`, `not_found` */
export const chooseHolding = command(
  'agreements.read',
  (context: OnceContext, actor, { token, holds: wanted }: Omit<FeedWanted, 'locale'>): Promise<string> => {
    const userId = personOf(actor)
    const holds = checkHolding(wanted)
    return once(context, actor, { token, action: 'feed.choose', content: { holds } }, async (tx) => {
      const before = await lockFeed(tx, userId)
      if (before === undefined) throw new DomainError('not_found')
      await tx.update(calendarFeeds).set({ holds }).where(eq(calendarFeeds.userId, userId))
      await recordAudit(tx, actor, {
        action: 'feed.choose',
        subject: { kind: 'user', id: userId },
        at: context.clock.now(),
        changes: [{ field: 'feed.holds', before: before.holds, after: holds }],
      })
      return userId
    })
  },
)

/** Ends the feed: from now on its address leads nowhere. Nothing where there is none. */
export const revokeFeed = command(
  'agreements.read',
  (context: OnceContext, actor, { token }: Pick<FeedWanted, 'token'>): Promise<string> => {
    const userId = personOf(actor)
    return once(context, actor, { token, action: 'feed.revoke' }, async (tx) => {
      const before = await lockFeed(tx, userId)
      if (before === undefined) return userId
      await tx.delete(calendarFeeds).where(eq(calendarFeeds.userId, userId))
      await recordAudit(tx, actor, {
        action: 'feed.revoke',
        subject: { kind: 'user', id: userId },
        at: context.clock.now(),
        changes: [{ field: 'feed.holds', before: before.holds, after: null }],
      })
      return userId
    })
  },
)

async function lockFeed(tx: Transaction, userId: string) {
  const [row] = await tx.select().from(calendarFeeds).where(eq(calendarFeeds.userId, userId)).for('update')
  return row
}
