import { createHash } from 'node:crypto'
import { eq, lte } from 'drizzle-orm'
import type { Adapter, DatabaseSession } from 'lucia'
import type { Database } from '#db/client.ts'
import { sessions, users } from '#db/schema/index.ts'
import type { Clock } from '#platform/clock.ts'

/** What the table keeps instead of the id that the cookie holds. */
export function hashSessionId(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex')
}

/**
 * Lucia's storage on our tables. Lucia asks `Date` for the time; instants are shifted by the difference between that
 * and our clock on their way in and out, so that the clock that was passed in decides when a session ends.
 */
export function lastingSessions(database: Database, clock: Clock): Adapter {
  const aheadMs = () => clock.now().epochMilliseconds - Date.now()
  const toStored = (date: Date) => new Date(date.getTime() + aheadMs()).toISOString()
  const toLucia = (stored: string) => new Date(Temporal.Instant.from(stored).epochMilliseconds - aheadMs())
  const remove = async (where: ReturnType<typeof eq>) => {
    await database.delete(sessions).where(where)
  }
  return {
    async getSessionAndUser(sessionId) {
      const [row] = await database
        .select({ userId: sessions.userId, expiresAt: sessions.expiresAt, state: users.state })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessions.id, hashSessionId(sessionId)))
      if (row === undefined) return [null, null]
      const session: DatabaseSession = {
        id: sessionId,
        userId: row.userId,
        expiresAt: toLucia(row.expiresAt),
        attributes: {},
      }
      return [session, row.state === 'active' ? { id: row.userId, attributes: {} } : null]
    },
    async getUserSessions(userId) {
      const rows = await database.select().from(sessions).where(eq(sessions.userId, userId))
      return rows.map((row) => ({ id: row.id, userId, expiresAt: toLucia(row.expiresAt), attributes: {} }))
    },
    async setSession(session) {
      await database.insert(sessions).values({
        id: hashSessionId(session.id),
        userId: session.userId,
        createdAt: clock.now().toString(),
        expiresAt: toStored(session.expiresAt),
      })
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      await database
        .update(sessions)
        .set({ expiresAt: toStored(expiresAt) })
        .where(eq(sessions.id, hashSessionId(sessionId)))
    },
    deleteSession: (sessionId) => remove(eq(sessions.id, hashSessionId(sessionId))),
    deleteUserSessions: (userId) => remove(eq(sessions.userId, userId)),
    deleteExpiredSessions: () => remove(lte(sessions.expiresAt, clock.now().toString())),
  }
}
