import type { Sessions } from '#platform/sessions/sessions.ts'
import { type Actor, staffActor } from './model.ts'

/** Who asks, by the session that a request's `Cookie` header carries; its session is renewed by the way. */
export async function resolveActor(
  context: { readonly sessions: Sessions },
  cookieHeader: string | null,
): Promise<Actor> {
  const found = await context.sessions.find(cookieHeader)
  return found === undefined ? { kind: 'visitor' } : staffActor(found)
}
