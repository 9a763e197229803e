import type { Translate } from '#platform/i18n/translate.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'

/** What kind of brief it is, in the reader's language; one of a kind that this version does not know is a brief. */
export function kindLabel(kind: string, t: Translate): string {
  const key = `briefs:kind.${kind}`
  const words = /^[a-z_]+$/.test(kind) ? t(key as MessageKey) : key
  return key.endsWith(words) ? t('verify:kind.other') : words
}
