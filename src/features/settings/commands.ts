import type { Transaction } from '#db/client.ts'
import { hubSettings } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { filingSetting, readFilingDays } from '#features/agreements/filing-steps.ts'
import { checkScheme } from '#features/agreements/numbering.ts'
import { readScheme, schemeSetting } from '#features/agreements/numbering-steps.ts'
import { checkCount, collectProblems } from '#features/milestones/check-parts.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'

export interface SchemeInput {
  readonly token: string
  readonly scheme: string
}

/** Sets the scheme of the office's numbers; those that were given stay. @throws DomainError `invalid_input` */
export const setScheme = command(
  'settings.manage',
  (context: OnceContext, actor, { token, scheme: typed }: SchemeInput) =>
    once(context, actor, { token, action: 'settings.scheme', content: typed }, async (tx) => {
      const scheme = checkScheme(typed)
      if (scheme === undefined) {
        throw new DomainError('invalid_input', {}, [
          { path: 'scheme', code: 'reference_scheme', params: { slot: '{n}' } },
        ])
      }
      const before = await readScheme(tx)
      if (before === scheme) return scheme
      const at = context.clock.now()
      await put(tx, schemeSetting, scheme, at)
      await recordAudit(tx, actor, {
        action: 'settings.scheme',
        subject: { kind: 'settings', id: null },
        at,
        changes: [{ field: 'scheme', before, after: scheme }],
      })
      return scheme
    }),
)

/** Days, at most: ten years. */
const mostFilingDays = 3650

export interface FilingDaysInput {
  readonly token: string
  /** As typed; empty for no proposal. */
  readonly days: string
}

/**
 * Sets how many days after signature filing is proposed as due; agreements that have a day keep it. Returns the days as text.
 * @throws DomainError `invalid_input`
 */
export const setFilingDays = command(
  'settings.manage',
  (context: OnceContext, actor, { token, days: typed }: FilingDaysInput) =>
    once(context, actor, { token, action: 'settings.filing', content: typed }, async (tx) => {
      const { problems, report } = collectProblems()
      const days = checkCount(typed, 'filingDays', mostFilingDays, report) ?? null
      if (problems.length > 0) throw new DomainError('invalid_input', {}, problems)
      const before = await readFilingDays(tx)
      const said = String(days ?? '')
      if (before === days) return said
      const at = context.clock.now()
      await put(tx, filingSetting, days ?? 'none', at)
      await recordAudit(tx, actor, {
        action: 'settings.filing',
        subject: { kind: 'settings', id: null },
        at,
        changes: [{ field: 'filingDays', before, after: days }],
      })
      return said
    }),
)

async function put(tx: Transaction, key: string, setting: string | number, at: Temporal.Instant): Promise<void> {
  const value = { value: setting, updatedAt: at.toString() }
  await tx
    .insert(hubSettings)
    .values({ key, ...value })
    .onConflictDoUpdate({ target: hubSettings.key, set: value })
}
