import { eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { calendarFeeds } from '#db/schema/index.ts'
import type { Feed } from './model.ts'

/** Somebody's feed; undefined where there is none. Its address is nowhere to be read. */
export async function feedOf(database: Queryable, userId: string): Promise<Feed | undefined> {
  const [row] = await database.select().from(calendarFeeds).where(eq(calendarFeeds.userId, userId))
  if (row === undefined) return undefined
  const { holds, madeAt, lastReadAt } = row
  return {
    holds,
    madeAt: Temporal.Instant.from(madeAt),
    lastReadAt: lastReadAt === null ? undefined : Temporal.Instant.from(lastReadAt),
  }
}
