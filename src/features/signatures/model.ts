import type { FieldProblem } from '#platform/errors.ts'
import { type Locale, isLocale } from '#platform/i18n/locales.ts'
import { lengthOf, normaliseText } from '#platform/text/normalise.ts'

/** Characters. */
export const signatureLimits = { name: 200, title: 200 } as const

/** A party's signature as it was typed. */
export interface TypedSignature {
  /** Place of the party in the agreement, from 0. */
  readonly position: number
  /** As printed, never split. */
  readonly name: string
  readonly language: string
  /** The office in which the person signed. */
  readonly title: string
  /** ISO 8601 day. */
  readonly signedOn: string
}

export interface Signature {
  readonly position: number
  readonly name: string | null
  readonly language: Locale
  readonly title: string | null
  readonly signedOn: string | null
}

/** An ISO 8601 day from 1900 to 2199; undefined for any other text and for a day that does not exist. */
export function parseDay(text: string): Temporal.PlainDate | undefined {
  if (!/^(?:19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

/** Everything that is wrong with the signatures of a form, or what is to be stored. Name and day come together. */
export function checkSignatures(
  typed: readonly TypedSignature[],
  today: Temporal.PlainDate,
): { readonly signatures: readonly Signature[]; readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = []
  const text = (value: string, path: string, max: number) => {
    const words = normaliseText(value)
    if (lengthOf(words) > max) problems.push({ path, code: 'too_long', params: { max, length: lengthOf(words) } })
    return words === '' ? null : words
  }
  const signatures = typed.map(({ position, ...given }): Signature => {
    const at = (field: string) => `signatures.${position}.${field}`
    const name = text(given.name, at('name'), signatureLimits.name)
    const title = text(given.title, at('title'), signatureLimits.title)
    const day = normaliseText(given.signedOn)
    const signedOn = day === '' ? undefined : parseDay(day)
    if (day !== '' && signedOn === undefined) problems.push({ path: at('signedOn'), code: 'date' })
    if (signedOn !== undefined && Temporal.PlainDate.compare(signedOn, today) > 0) {
      problems.push({ path: at('signedOn'), code: 'date_ahead' })
    }
    if ((name === null) !== (day === '')) {
      problems.push({ path: at(name === null ? 'name' : 'signedOn'), code: 'signatory_pair' })
    } else if (name === null && title !== null) problems.push({ path: at('name'), code: 'required' })
    const language = isLocale(given.language) ? given.language : 'zh'
    if (!isLocale(given.language)) {
      problems.push({ path: at('language'), code: 'unknown_choice', params: { value: given.language.slice(0, 40) } })
    }
    return { position, name, language, title, signedOn: signedOn?.toString() ?? null }
  })
  return { signatures, problems }
}
