import { Lucia, TimeSpan } from 'lucia'
import type { Database } from '#db/client.ts'
import type { Clock } from '#platform/clock.ts'
import { type Account, lastingSessions } from './adapter.ts'
import { readSessionId, sessionCookie } from './cookie.ts'

/** A session lasts this long after its last use (renewed once half of it is over). */
export const sessionHours = 12

/** Whose a session is, as the account stands at this moment. */
export interface SignedIn extends Account {
  readonly id: string
}

/** Sessions have none of their own. */
type NoAttributes = Readonly<Record<string, undefined>>

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<NoAttributes, Account>
    DatabaseUserAttributes: Account
  }
}

/** The sessions of signed-in people. Lucia does the work; nothing outside this folder knows of it. */
export interface Sessions {
  /** Opens a session and returns the `Set-Cookie` value that carries it. */
  open(userId: string): Promise<string>
  /** Whose session a `Cookie` header carries; renews it. Undefined when it carries none that is alive. */
  find(cookieHeader: string | null): Promise<SignedIn | undefined>
  /** Ends the session that a `Cookie` header carries and returns the `Set-Cookie` value that removes it. */
  close(cookieHeader: string | null): Promise<string>
  /** Ends every session of a person. */
  closeAll(userId: string): Promise<void>
  /** Removes what has expired. */
  sweep(): Promise<void>
  /** Whether a `Cookie` header carries what looks like a session: such a request is never cached. */
  carries(cookieHeader: string | null): boolean
}

export interface SessionsOptions {
  readonly database: Database
  readonly clock: Clock
  /** Public origin: its scheme decides whether the cookie is `Secure`. */
  readonly baseUrl: string
}

export function createSessions({ database, clock, baseUrl }: SessionsOptions): Sessions {
  const { name, secure } = sessionCookie(baseUrl)
  const lucia = new Lucia<NoAttributes, Account>(lastingSessions(database, clock), {
    sessionExpiresIn: new TimeSpan(sessionHours, 'h'),
    getUserAttributes: ({ email, name, roles }) => ({ email, name, roles }),
    // The cookie outlives the session: the database alone says when it ends, and renewal needs no new cookie.
    sessionCookie: { name, expires: false, attributes: { secure, sameSite: 'lax', path: '/' } },
  })
  return {
    open: async (userId) => lucia.createSessionCookie((await lucia.createSession(userId, {})).id).serialize(),
    find: async (cookieHeader) => {
      const sessionId = readSessionId(name, cookieHeader)
      if (sessionId === undefined) return undefined
      return (await lucia.validateSession(sessionId)).user ?? undefined
    },
    close: async (cookieHeader) => {
      const sessionId = readSessionId(name, cookieHeader)
      if (sessionId !== undefined) await lucia.invalidateSession(sessionId)
      return lucia.createBlankSessionCookie().serialize()
    },
    closeAll: (userId) => lucia.invalidateUserSessions(userId),
    sweep: () => lucia.deleteExpiredSessions(),
    carries: (cookieHeader) => readSessionId(name, cookieHeader) !== undefined,
  }
}
