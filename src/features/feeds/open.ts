import { Readable } from 'node:stream'
import { and, eq, isNull, lt, or } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { calendarFeeds } from '#db/schema/index.ts'
import { may } from '#features/accounts/model.ts'
import { findActor, localeOfUser } from '#features/accounts/queries.ts'
import { countUse } from '#features/accounts/throttle.ts'
import { type Clock, officeDay } from '#platform/clock.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { Download } from '#platform/uploads/download.ts'
import { feedEntries } from './entries.ts'
import { hashOfToken, readsAllowed } from './model.ts'
import { writeFeed } from './write.ts'

export interface FeedContext {
  readonly database: Database
  readonly clock: Clock
  readonly config: { readonly officeTimeZone: string; readonly baseUrl: string; readonly secretKey: string }
}

type FeedRow = typeof calendarFeeds.$inferSelect

/**
 * The feed behind a token, as it stands now: for whom it was made, with what that person may see now, in the language
 * that the person works in. Undefined for a token that is nobody's, and where the account may not read agreements any
 * more. A wrong token costs a hash and one look into an index, whatever it looks like.
 * @throws DomainError `too_many_attempts` for a feed that is read all the time
 */
export async function openFeed(context: FeedContext, token: string): Promise<Download | undefined> {
  const { database, clock, config } = context
  const [feed] = await database
    .select()
    .from(calendarFeeds)
    .where(eq(calendarFeeds.tokenHash, hashOfToken(token)))
  if (feed === undefined) return undefined
  const actor = await findActor(database, feed.userId)
  if (actor?.kind !== 'user' || !may(actor, 'agreements.read')) return undefined
  await countUse({ database, clock, secretKey: config.secretKey }, `feed:${feed.userId}`, readsAllowed)
  await noteRead(context, feed)
  const locale = await languageOf(database, feed)
  const t = translator(locale)
  const head = {
    name: t(`feeds:calendar.${feed.holds}`),
    description: t('feeds:calendar.description', { name: actor.name ?? actor.email }),
    language: locale.toUpperCase(),
  }
  const today = officeDay(clock, config.officeTimeZone)
  const wanted = { actor, holds: feed.holds, today, baseUrl: config.baseUrl, t, locale }
  return {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="agreements.ics"',
      'cache-control': 'private, no-store',
      'content-language': locale,
      'x-robots-tag': 'noindex',
    },
    sizeBytes: undefined,
    open: () => Promise.resolve(Readable.from(inOctets(writeFeed(head, feedEntries(database, wanted))))),
  }
}

async function languageOf(database: Database, { userId, locale }: FeedRow): Promise<Locale> {
  const chosen = await localeOfUser(database, userId)
  return chosen ?? (isLocale(locale) ? locale : 'en')
}

/** Says when it was read, once an hour: who made an address sees whether a program uses it. */
async function noteRead({ database, clock }: FeedContext, { userId }: FeedRow): Promise<void> {
  const now = clock.now()
  const anHourAgo = now.subtract({ hours: 1 }).toString()
  const isOld = or(isNull(calendarFeeds.lastReadAt), lt(calendarFeeds.lastReadAt, anHourAgo))
  await database
    .update(calendarFeeds)
    .set({ lastReadAt: now.toString() })
    .where(and(eq(calendarFeeds.userId, userId), isOld))
}

/** Bytes, so that the stream holds back by their number and not by the number of batches. */
async function* inOctets(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece)
}
