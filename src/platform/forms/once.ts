import { eq, lte } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { formSteps } from '#db/schema/index.ts'
import { type AuditValue, canonicalJson, sha256 } from '#platform/audit/canonical.ts'
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
  /**
   * What it is done with. The same token with something else is no second sending: somebody went back and changed it.
   */
  readonly content?: AuditValue
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

export function isUuid(text: string): boolean {
  return uuid.test(text)
}

/**
 * Does a step of a form in one transaction, once: the same token sent again, even at the same moment, answers with
 * the outcome of the first (a record's id) and does nothing. A step that fails leaves its token unused.
 * @throws DomainError `bad_request` for a token that is no form's of this person, `duplicate` (with `outcome`) for one
 * that was used with other content.
 */
export async function once(
  { database, clock, sealer }: OnceContext,
  actor: AuditActor,
  { token, action, content = null }: FormStep,
  run: (tx: Transaction) => Promise<string>,
): Promise<string> {
  if (!isUuid(token)) throw new DomainError('bad_request', { parameter: 'token' })
  const userId = actor.kind === 'user' ? actor.id : null
  const kept = content === null ? action : `${action}#${sha256(canonicalJson(content))}`
  const outcome = await database.transaction(async (tx) => {
    // A second sender waits here until the first has committed or failed.
    const claimed = await tx
      .insert(formSteps)
      .values({ token, userId, action: kept, outcome: '', at: clock.now().toString() })
      .onConflictDoNothing()
      .returning({ token: formSteps.token })
    if (claimed.length === 0) {
      const [done] = await tx.select().from(formSteps).where(eq(formSteps.token, token))
      if (done === undefined || done.userId !== userId || done.action.split('#', 1)[0] !== action) {
        throw new DomainError('bad_request', { parameter: 'token' })
      }
      if (done.action !== kept) throw new DomainError('duplicate', { outcome: done.outcome })
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
  await database.delete(formSteps).where(
    lte(
      formSteps.at,
      clock
        .now()
        .subtract({ hours: 24 * 30 })
        .toString(),
    ),
  )
}
