import type { Sessions } from '#platform/sessions/sessions.ts'
import { type Actor, roles } from './model.ts'

/** Who asks, by the session that a request's `Cookie` header carries; its session is renewed by the way. */
export async function resolveActor(
  context: { readonly sessions: Sessions },
  cookieHeader: string | null,
): Promise<Actor> {
  const found = await context.sessions.find(cookieHeader)
  if (found === undefined) return { kind: 'visitor' }
  const { id, email, name } = found
  return { kind: 'user', id, email, name, roles: roles.filter((role) => found.roles.includes(role)) }
}
