import { hubSettings } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { checkScheme } from '#features/agreements/numbering.ts'
import { readScheme, schemeSetting } from '#features/agreements/numbering-steps.ts'
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
      const value = { value: scheme, updatedAt: at.toString() }
      await tx
        .insert(hubSettings)
        .values({ key: schemeSetting, ...value })
        .onConflictDoUpdate({ target: hubSettings.key, set: value })
      await recordAudit(tx, actor, {
        action: 'settings.scheme',
        subject: { kind: 'settings', id: null },
        at,
        changes: [{ field: 'scheme', before, after: scheme }],
      })
      return scheme
    }),
)
