import { normaliseText } from '#platform/text/normalise.ts'
import { checkText, type Report, shown } from './check-fields.ts'
import { inOrder, nameLanguage } from './languages.ts'
import { limits } from './model.ts'
import type { TypedName } from './names.ts'

export interface NameRules {
  /** Of the rows: `otherTitles`, `parties.2.others`. */
  readonly path: string
  /** Characters. */
  readonly max: number
  /** Languages that have a field of their own beside the rows. */
  readonly taken: readonly string[]
  /** Paths of texts that look like Zawgyi and shall stay so. */
  readonly keep: readonly string[]
  readonly report: Report
}

/** Names by language, and the languages in which they stand on the paper. */
export interface CheckedNames {
  readonly names: Readonly<Record<string, string>>
  readonly official: readonly string[]
}

/** The names of a form's rows. A row in which nothing was typed is none; a half-filled one is reported. */
export function checkNames(rows: readonly TypedName[], { path, max, taken, keep, report }: NameRules): CheckedNames {
  if (rows.length > limits.otherNames) report(path, 'too_many_entries', { max: limits.otherNames })
  const names: Record<string, string> = {}
  const official: string[] = []
  const seen = new Set(taken)
  rows.slice(0, limits.otherNames).forEach((row, index) => {
    if (row.value.trim() === '' && normaliseText(row.language) === '') return
    const at = `${path}.${index}`
    const language = checkTag(row.language, `${at}.language`, seen, report)
    if (normaliseText(row.value) === '') report(`${at}.value`, 'required')
    const value = checkText(row.value, `${at}.value`, max, { keep }, report)
    if (language === undefined || value === undefined) return
    names[language] = value
    if (row.official !== '') official.push(language)
  })
  return { names, official: inOrder(official) }
}

/** The tag of a row; every language once. */
export function checkTag(typed: string, path: string, seen: Set<string>, report: Report): string | undefined {
  if (normaliseText(typed) === '') return report(path, 'required')
  const language = nameLanguage(typed)
  if (language === undefined) return report(path, 'language_tag', { value: shown(typed) })
  if (seen.has(language)) return report(path, 'language_twice')
  seen.add(language)
  return language
}
