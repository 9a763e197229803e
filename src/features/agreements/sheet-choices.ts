import type { MessageKey } from '#platform/i18n/keys.ts'
import { locales } from '#platform/i18n/locales.ts'
import { type Translate, translator } from '#platform/i18n/translate.ts'
import { agreementStates } from './lifecycle.ts'
import { agreementKinds, partyRoles, visibilities } from './model.ts'

/** The codes of each column of words, and the message that has a code's word. */
const choices = {
  kind: { codes: agreementKinds, word: (code: string) => `agreements:kind.${code}` },
  state: { codes: agreementStates, word: (code: string) => `agreements:state.${code}` },
  visibility: { codes: visibilities, word: (code: string) => `agreements:visibility.${code}` },
  party_roles: { codes: partyRoles, word: (code: string) => `agreements:role.${code}` },
  open_ended: { codes: ['yes', 'no'], word: (code: string) => `amendments:${code}` },
  renewal: { codes: ['none', 'by_agreement', 'automatic'], word: (code: string) => `amendments:renewal.${code}` },
  notice_unit: { codes: ['days', 'months'], word: (code: string) => `amendments:unit.${code}` },
} as const satisfies Record<string, { codes: readonly string[]; word: (code: string) => string }>

export type ChoiceKey = keyof typeof choices

export const choiceKeys = Object.keys(choices) as readonly ChoiceKey[]

export const isChoiceKey = (key: string): key is ChoiceKey => key in choices

export const codesOf = (key: ChoiceKey): readonly string[] => choices[key].codes

/** The word for a code in one language. */
export function choiceWord(t: Translate, key: ChoiceKey, code: string): string {
  return t(choices[key].word(code) as MessageKey)
}

const known = new Map<ChoiceKey, ReadonlyMap<string, string>>()

/** The code that a cell means: itself, or its word in any of the five languages; undefined for anything else. */
export function readChoice(key: ChoiceKey, cell: string): string | undefined {
  let codes = known.get(key)
  if (codes === undefined) {
    codes = new Map(
      codesOf(key).flatMap((code) => [
        [fold(code), code] as const,
        ...locales.map((locale) => [fold(choiceWord(translator(locale), key, code)), code] as const),
      ]),
    )
    known.set(key, codes)
  }
  return codes.get(fold(cell))
}

/** Width, case and white space make no other word. */
const fold = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
