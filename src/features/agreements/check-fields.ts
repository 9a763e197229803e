import type { ErrorParams } from '#platform/errors.ts'
import { asciiDigits, lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { looksLikeZawgyi } from '#platform/text/zawgyi.ts'
import type { AgreementDraft } from './draft.ts'

/** Notes what is wrong with a field; always undefined, so that a check can return it. */
export type Report = (path: string, code: string, params?: ErrorParams) => undefined

/** A wrong choice as a message quotes it: not ten thousand characters of it. */
export const shown = (value: string) => normaliseText(value).slice(0, 40)

export function choice<Value extends string>(
  typed: string,
  allowed: readonly Value[],
  path: string,
  report: Report,
): Value | undefined {
  if (typed === '') return report(path, 'required')
  const found = allowed.find((value) => value === typed)
  return found ?? report(path, 'unknown_choice', { value: shown(typed) })
}

export function checkText(
  typed: string,
  path: string,
  max: number,
  draft: Pick<AgreementDraft, 'keep'>,
  report: Report,
): string | undefined {
  const text = normaliseText(typed, { lines: path.startsWith('summaries.') })
  if (text === '') return undefined
  if (lengthOf(text) > max) return report(path, 'too_long', { max, length: lengthOf(text) })
  if (!draft.keep.includes(path) && looksLikeZawgyi(text)) return report(path, 'zawgyi')
  return text
}

/** A whole number from 1, in digits of any script; null where nothing or something wrong was typed. */
export function checkCount(typed: string, path: string, max: number, report: Report): number | null {
  const text = asciiDigits(normaliseText(typed))
  if (text === '') return null
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return count >= 1 && count <= max ? count : (report(path, 'count', { max }) ?? null)
}

/** Ids that were chosen from a list, in one order; those that are not on it are reported. */
export function checkIds(typed: readonly string[], known: ReadonlySet<string>, path: string, report: Report): string[] {
  const ids = [...new Set(typed)].sort()
  for (const id of ids) if (!known.has(id)) report(path, 'unknown_choice', { value: shown(id) })
  return ids
}
