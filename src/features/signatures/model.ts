import { checkTag } from '#features/agreements/check-names.ts'
import type { Report } from '#features/agreements/check-fields.ts'
import { inOrder } from '#features/agreements/languages.ts'
import { limits } from '#features/agreements/model.ts'
import type { TypedName } from '#features/agreements/names.ts'
import { personLimits } from '#features/people/model.ts'
import type { FieldProblem } from '#platform/errors.ts'
import { lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { looksLikeZawgyi } from '#platform/text/zawgyi.ts'

/** The signatory's name in one more language, with the form of address and the title or office in it. */
export interface TypedSignatory extends TypedName {
  readonly address?: string
  readonly title: string
}

/** A party's signature as it was typed. */
export interface TypedSignature {
  /** Place of the party in the agreement, from 0. */
  readonly position: number
  /** As printed, never split. */
  readonly name: string
  readonly language: string
  /** How the person is spoken to: `Professor`, `ဦး`. */
  readonly address?: string
  /** The office in which the person signed. */
  readonly title: string
  /** `yes` where the name stands so on the paper. */
  readonly official?: string
  /** The same person in further languages. */
  readonly others?: readonly TypedSignatory[]
  /** ISO 8601 day. */
  readonly signedOn: string
}

/** Who signed, as it is stored; all words by BCP 47 tag. */
export interface Signature {
  readonly names: Readonly<Record<string, string>>
  /** Forms of address, and titles or offices: in languages that there is a name in. */
  readonly addresses: Readonly<Record<string, string>>
  readonly titles: Readonly<Record<string, string>>
  /** Languages in which the name stands on the paper. */
  readonly official: readonly string[]
  readonly signedOn: string | null
}

/** Nobody yet. */
export const unsigned: Signature = { names: {}, addresses: {}, titles: {}, official: [], signedOn: null }

/** An ISO 8601 day from 1900 to 2199; undefined for any other text and for a day that does not exist. */
export function parseDay(text: string): Temporal.PlainDate | undefined {
  if (!/^(?:19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

export interface PlacedSignature extends Signature {
  /** Place of the party in the agreement, from 0. */
  readonly position: number
}

export interface SignatureRules {
  /** Parties whose papers do not show the day. */
  readonly withoutDay?: (position: number) => boolean
  /** Paths of texts that look like Zawgyi and shall stay so. */
  readonly keep?: readonly string[]
}

/**
 * Everything that is wrong with the signatures of a form, or what is to be stored. Name and day come together, but where
 * the rules say otherwise.
 */
export function checkSignatures(
  typed: readonly TypedSignature[],
  today: Temporal.PlainDate,
  { withoutDay = () => false, keep = [] }: SignatureRules = {},
): {
  readonly signatures: readonly PlacedSignature[]
  readonly problems: readonly FieldProblem[]
} {
  const problems: FieldProblem[] = []
  const report: Report = (path, code, params) => {
    problems.push(params === undefined ? { path, code } : { path, code, params })
  }
  const signatures = typed.map(({ position, ...given }) => {
    const path = `signatures.${position}`
    const { isNamed, ...words } = checkWords(given, path, keep, report)
    const day = normaliseText(given.signedOn)
    const signedOn = day === '' ? undefined : parseDay(day)
    if (day !== '' && signedOn === undefined) report(`${path}.signedOn`, 'date')
    if (signedOn !== undefined && Temporal.PlainDate.compare(signedOn, today) > 0) {
      report(`${path}.signedOn`, 'date_ahead')
    }
    if (!isNamed && day !== '') report(`${path}.name`, 'signatory_pair')
    if (isNamed && day === '' && !withoutDay(position)) report(`${path}.signedOn`, 'signatory_pair')
    return { position, ...words, signedOn: signedOn?.toString() ?? null }
  })
  return { signatures, problems }
}

/** The signatory in the first language and in the others; a row in which nothing was typed is none. */
function checkWords(
  given: Omit<TypedSignature, 'position'>,
  path: string,
  keep: readonly string[],
  report: Report,
): Omit<Signature, 'signedOn'> & { readonly isNamed: boolean } {
  const { name, language, address = '', title, official = '', others = [] } = given
  const rows = others.flatMap((row, index) =>
    `${row.value}${row.address ?? ''}${row.title}${normaliseText(row.language)}`.trim() === ''
      ? []
      : [{ ...row, at: `${path}.others.${index}`, field: 'value' }],
  )
  if (others.length > limits.otherNames) report(`${path}.others`, 'too_many_entries', { max: limits.otherNames })
  const isEmpty = `${name}${address}${title}`.trim() === '' && rows.length === 0
  const first = isEmpty ? [] : [{ language, value: name, address, title, official, at: path, field: 'name' }]
  const names: Record<string, string> = {}
  const addresses: Record<string, string> = {}
  const titles: Record<string, string> = {}
  const marked: string[] = []
  const seen = new Set<string>()
  const word = (typed: string, at: string, max: number) => checkWord(typed, at, max, keep, report)
  for (const row of [...first, ...rows.slice(0, limits.otherNames)]) {
    const tag = checkTag(row.language, `${row.at}.language`, seen, report)
    const value = word(row.value, `${row.at}.${row.field}`, personLimits.name)
    const called = word(row.address ?? '', `${row.at}.address`, personLimits.address)
    const office = word(row.title, `${row.at}.title`, personLimits.title)
    if (value === '') report(`${row.at}.${row.field}`, 'required')
    if (tag === undefined || !value) continue
    names[tag] = value
    if (called) addresses[tag] = called
    if (office) titles[tag] = office
    if (row.official !== '') marked.push(tag)
  }
  return { names, addresses, titles, official: inOrder(marked), isNamed: first.length > 0 }
}

/** Empty where nothing readable was typed; undefined where it cannot be taken as it is. */
function checkWord(
  typed: string,
  path: string,
  max: number,
  keep: readonly string[],
  report: Report,
): string | undefined {
  const words = normaliseText(typed)
  if (lengthOf(words) > max) return report(path, 'too_long', { max, length: lengthOf(words) })
  return !keep.includes(path) && looksLikeZawgyi(words) ? report(path, 'zawgyi') : words
}
