/** What a reviewer answers for, in the order in which a review in sequence asks them. */
export const aspects = [
  'technology',
  'intellectual_property',
  'legal',
  'finance',
  'foreign_affairs',
  'confidentiality',
  'leadership',
] as const

export type Aspect = (typeof aspects)[number]

/** `sequence`: one after the other, in the order of the aspects; `parallel`: all at once. */
export const modes = ['sequence', 'parallel'] as const

export type Mode = (typeof modes)[number]

export const decisions = ['approved', 'returned'] as const

export type Decision = (typeof decisions)[number]

/** Whose sign-off is recorded. */
export const authorities = ['department_head', 'superior_body', 'foreign_affairs', 'legal', 'finance', 'other'] as const

export type Authority = (typeof authorities)[number]

/** Characters. */
export const reviewLimits = { note: 2000, formNumber: 100 } as const

/** Somebody's part in a round of review. */
export interface Part {
  readonly position: number
  readonly aspect: string
  readonly userId: string
  readonly decision: Decision | null
}

/** Those who may decide now: everybody who has not, in sequence only the first of them. */
export function turnsIn(mode: Mode, parts: readonly Part[]): readonly Part[] {
  if (parts.some((part) => part.decision === 'returned')) return []
  const waiting = parts.filter((part) => part.decision === null).toSorted((a, b) => a.position - b.position)
  return mode === 'sequence' ? waiting.slice(0, 1) : waiting
}

/** How a round ends by what was decided; undefined while it goes on. One who returns it ends it for all. */
export function outcomeOf(parts: readonly Part[]): Decision | undefined {
  if (parts.some((part) => part.decision === 'returned')) return 'returned'
  return parts.length > 0 && parts.every((part) => part.decision === 'approved') ? 'approved' : undefined
}

/**
 * Who may be named as a reviewer: nobody reviews what they recorded or send to review themselves, so that at least
 * two people have looked at every agreement.
 */
export function mayReview(
  userId: string,
  people: { readonly recordedBy: string | null; readonly sentBy: string },
): boolean {
  return userId !== people.recordedBy && userId !== people.sentBy
}
