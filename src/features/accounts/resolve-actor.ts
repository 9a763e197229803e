import type { Database } from '#db/client.ts'
import type { Sessions } from '#platform/sessions/sessions.ts'
import type { Actor } from './model.ts'
import { findActor } from './queries.ts'

/** Who asks, by the session that a request's `Cookie` header carries; its session is renewed by the way. */
export async function resolveActor(
  context: { readonly database: Database; readonly sessions: Sessions },
  cookieHeader: string | null,
): Promise<Actor> {
  const userId = await context.sessions.find(cookieHeader)
  const actor = userId === undefined ? undefined : await findActor(context.database, userId)
  return actor ?? { kind: 'visitor' }
}
