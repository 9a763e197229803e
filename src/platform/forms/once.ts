import { eq, lte } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { formSteps } from '#db/schema/index.ts'
import type { AuditActor } from '#platform/audit/record.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'

export interface OnceContext {
  readonly database: Database
  readonly clock: Clock
  /** Seals the audit trail soon after the commit, where the process has a sealer. */
  readonly sealer?: { poke(): void }
}

export interface FormStep {
  /** The token that the form was rendered with: a UUID. */
  readonly token: string
  readonly action: string
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

export function isUuid(text: string): boolean {
  return uuid.test(text)
}

/**
 * Does a step of a form in one transaction, once: the same token sent again, even at the same moment, answers with
 * the outcome of the first (where the person is sent: a record's id) and does nothing. A step that fails leaves its token unused.
 * @throws DomainError `bad_request` for a token that no form of this person has.
 */
export async function once(
  { database, clock, sealer }: OnceContext,
  actor: AuditActor,
  { token, action }: FormStep,
  run: (tx: Transaction) => Promise<string>,
): Promise<string> {
  if (!isUuid(token)) throw new DomainError('bad_request', { field: 'token' })
  const userId = actor.kind === 'user' ? actor.id : null
  const outcome = await database.transaction(async (tx) => {
    // A second sender waits here until the first has committed or failed.
    const claimed = await tx
      .insert(formSteps)
      .values({ token, userId, action, outcome: '', at: clock.now().toString() })
      .onConflictDoNothing()
      .returning({ token: formSteps.token })
    if (claimed.length === 0) {
      const [done] = await tx.select().from(formSteps).where(eq(formSteps.token, token))
      if (done === undefined || done.userId !== userId || done.action !== action) {
        throw new DomainError('bad_request', { field: 'token' })
      }
      return done.outcome
    }
    const result = await run(tx)
    await tx.update(formSteps).set({ outcome: result }).where(eq(formSteps.token, token))
    return result
  })
  sealer?.poke()
  return outcome
}

/** Forgets steps that nobody will send again. */
export async function sweepFormSteps({ database, clock }: Pick<OnceContext, 'database' | 'clock'>): Promise<void> {
  await database.delete(formSteps).where(lte(formSteps.at, clock.now().subtract({ hours: 24 * 30 }).toString()))
}
