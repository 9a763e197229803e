import type { Database } from '#db/client.ts'
import { createUser } from '#features/accounts/commands.ts'
import type { Actor, Role } from '#features/accounts/model.ts'
import { findActor } from '#features/accounts/queries.ts'
import type { Clock } from '#platform/clock.ts'

export const samplePassword = 'a sample password'

/** An account with these roles, as the actor it is; its name is the first part of the address. */
export async function sampleUser(
  context: { readonly database: Database; readonly clock: Clock },
  email: string,
  ...roles: Role[]
): Promise<Extract<Actor, { kind: 'user' }>> {
  const name = email.split('@')[0] ?? ''
  const id = await createUser(context, { kind: 'command_line' }, { email, name, roles, password: samplePassword })
  const actor = await findActor(context.database, id)
  if (actor?.kind !== 'user') throw new Error(`${email} is nobody`)
  return actor
}
