import type { FieldProblem } from '#platform/errors.ts'
import { lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { looksLikeZawgyi } from '#platform/text/zawgyi.ts'

/** Characters of a note, and people mentioned in one. */
export const limits = { body: 5000, mentions: 20 } as const

/** The form as it was typed. */
export interface NoteDraft {
  readonly body: string
  /** Ids of the people that were ticked. */
  readonly mentions: readonly string[]
  /** Paths of texts that look like Zawgyi and that the person wants kept as they are. */
  readonly keep: readonly string[]
}

export const emptyNote: NoteDraft = { body: '', mentions: [], keep: [] }

export interface NoteWords {
  readonly body: string
  readonly mentions: readonly string[]
}

/** Somebody who can be mentioned: staff who may see the agreement. */
export interface Colleague {
  readonly id: string
  readonly name: string
}

/** What is wrong with a form, or what it says. */
export function checkNote(
  draft: NoteDraft,
  colleagues: readonly Colleague[],
): { readonly words: NoteWords } | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = []
  const body = normaliseText(draft.body, { lines: true })
  const length = lengthOf(body)
  if (body === '') problems.push({ path: 'body', code: 'required' })
  else if (length > limits.body) problems.push({ path: 'body', code: 'too_long', params: { max: limits.body, length } })
  else if (!draft.keep.includes('body') && looksLikeZawgyi(body)) problems.push({ path: 'body', code: 'zawgyi' })
  const mentions = [...new Set(draft.mentions)]
  const stranger = mentions.find((id) => !colleagues.some((colleague) => colleague.id === id))
  if (stranger !== undefined) problems.push({ path: 'mentions', code: 'mention_cannot_see' })
  if (mentions.length > limits.mentions) {
    problems.push({ path: 'mentions', code: 'too_many_entries', params: { max: limits.mentions } })
  }
  return problems.length > 0 ? { problems } : { words: { body, mentions } }
}
