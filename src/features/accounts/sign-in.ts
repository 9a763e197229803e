import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { recordAudit } from '#platform/audit/record.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import type { Sessions } from '#platform/sessions/sessions.ts'
import { normaliseText } from '#platform/text/normalise.ts'
import { passwordFits } from './passwords.ts'
import { countAttempt, forgiveAttempt, sweepThrottles } from './throttle.ts'

export interface SignInContext {
  readonly database: Database
  readonly clock: Clock
  readonly sessions: Sessions
  readonly secretKey: string
}

export interface Credentials {
  readonly email: string
  readonly password: string
  /** Where the attempt comes from. */
  readonly address: string
}

/**
 * Opens a session for someone who knows the password. Unknown, disabled and mistyped are one answer, after the same
 * work. Anyone may try, which is why this is no command.
 * @throws DomainError `sign_in_failed`, or `too_many_attempts` with `minutes`.
 */
export async function signIn(
  context: SignInContext,
  { email, password, address }: Credentials,
): Promise<{ readonly userId: string; readonly setCookie: string }> {
  const account = normaliseText(email).toLowerCase().slice(0, 254)
  const attempt = { account, address }
  await countAttempt(context, attempt)
  const [user] = await context.database.select().from(users).where(eq(users.email, account))
  const known = user?.state === 'active' ? user : undefined
  if (!(await passwordFits(known?.passwordHash, password)) || known === undefined) {
    throw new DomainError('sign_in_failed')
  }
  await forgiveAttempt(context, attempt)
  const setCookie = await context.sessions.open(known.id)
  await context.database.transaction((tx) =>
    recordAudit(
      tx,
      { kind: 'user', id: known.id },
      {
        action: 'user.sign_in',
        subject: { kind: 'user', id: known.id },
        at: context.clock.now(),
      },
    ),
  )
  await Promise.all([context.sessions.sweep(), sweepThrottles(context)])
  return { userId: known.id, setCookie }
}
