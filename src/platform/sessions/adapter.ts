import { createHash } from 'node:crypto'
import { eq, lte } from 'drizzle-orm'
import type { Adapter, DatabaseSession } from 'lucia'
import type { Database } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { sessions, userRoles, users } from '#db/schema/index.ts'
import type { Clock } from '#platform/clock.ts'

/** What the table keeps instead of the id that the cookie holds. */
export function hashSessionId(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex')
}

/** What is known of whoever a session belongs to; every page of the office asks for it, so it comes with the session. */
export interface Account {
  readonly email: string
  readonly name: string | null
  readonly roles: readonly string[]
}

/** A session and whose it is, a row for each of their roles. */
const sessionWithAccount = keptQuery<{ id: string }>()((database, value) =>
  database
    .select({
      userId: sessions.userId,
      expiresAt: sessions.expiresAt,
      state: users.state,
      email: users.email,
      name: users.name,
      role: userRoles.role,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(userRoles, eq(userRoles.userId, users.id))
    .where(eq(sessions.id, value('id'))),
)

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
      const rows = await sessionWithAccount(database, { id: hashSessionId(sessionId) })
      const [row] = rows
      if (row === undefined) return [null, null]
      const session: DatabaseSession = {
        id: sessionId,
        userId: row.userId,
        expiresAt: toLucia(row.expiresAt),
        attributes: {},
      }
      const { userId, email, name, state } = row
      const attributes: Account = { email, name, roles: rows.flatMap(({ role }) => role ?? []) }
      return [session, state === 'active' ? { id: userId, attributes } : null]
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
