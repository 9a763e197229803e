import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Translate } from '#platform/i18n/translate.ts'

/** The name of a lifecycle state, which published content holds as text. */
export function stateLabel(t: Translate, state: string): string {
  return t(`agreements:state.${state}` as MessageKey)
}

/** The name of a party's role, which published content holds as text. */
export function roleLabel(t: Translate, role: string): string {
  return t(`agreements:role.${role}` as MessageKey)
}
