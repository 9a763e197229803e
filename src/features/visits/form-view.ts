import { type FieldMessages, fieldMessages } from '#features/accounts/field-messages.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import type { VisitChoices } from './choices.ts'
import type { FormState } from './form-work.ts'
import { fieldLabel } from './labels.ts'
import type { VisitWords } from './model.ts'

/** What the fields of a form are given. */
export function formView(t: Translate, state: FormState) {
  const messages: FieldMessages = fieldMessages(t, state.problems, (path) => fieldLabel(t, path))
  return {
    messages,
    valueOf: (name: string) => state.typed.values[name] ?? '',
    looksZawgyi: (name: string) => state.problems.some(({ path, code }) => path === name && code === 'zawgyi'),
  }
}

/** What the fields of a part of a visit are drawn from. */
export interface PartFields {
  readonly shared: {
    readonly typed: FormState['typed']
    readonly messages: FieldMessages
    readonly looksZawgyi: (name: string) => boolean
    /** The languages whose fields stand open. */
    readonly wanted: readonly Locale[]
  }
  readonly valueOf: (name: string) => string
  readonly choices: VisitChoices
}

/** The languages whose fields stand open: those of the visit's brief. */
export function wantedIn(visit: Pick<VisitWords, 'firstLanguage' | 'secondLanguage'>): readonly Locale[] {
  return visit.secondLanguage === null ? [visit.firstLanguage] : [visit.firstLanguage, visit.secondLanguage]
}

/** The same while the languages are being chosen. */
export function wantedOf({ typed }: FormState, reader: Locale): readonly Locale[] {
  const chosen = [typed.values['first'], typed.values['second']].filter((one) => isLocale(one))
  return chosen.length === 0 ? [reader] : [...new Set(chosen)]
}
