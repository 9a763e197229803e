import type { DueItem } from '#features/agreements/next-due.ts'

export const milestoneKinds = ['milestone', 'obligation', 'payment'] as const

export type MilestoneKind = (typeof milestoneKinds)[number]

/** What became of one due day. Overdue is no state: it follows from the day it is. */
export const occurrenceStates = [
  'scheduled',
  'met',
  'partially_met',
  'not_met',
] as const satisfies readonly DueItem['state'][]

export type OccurrenceState = DueItem['state']

/** How many characters each text may have, and how many milestones an agreement. */
export const limits = { title: 300, note: 2000, milestones: 200 } as const

/** What people write about a milestone. */
export interface MilestoneWords {
  readonly kind: MilestoneKind
  readonly title: string
  /** Position of the party that owes it; null where it is nobody's alone. */
  readonly partyPosition: number | null
  readonly firstDue: Temporal.PlainDate
  /** RFC 5545, as `recurrence.ts` writes it; null for once. */
  readonly rule: string | null
  /** Of each payment; plain decimal text with an ISO 4217 code. */
  readonly money: { readonly amount: string; readonly currency: string } | null
}

/** What became of a due day: set by one who confirms it. */
export interface Outcome {
  readonly state: OccurrenceState
  /** Day on which it was met, or the payment made. */
  readonly metOn: Temporal.PlainDate | null
  /** What was paid; for payments alone. */
  readonly paid: string | null
  readonly note: string | null
  readonly documentId: string | null
}

/** Due before today, and nobody has said what became of it. */
export function isOverdue({ due, state }: DueItem, today: Temporal.PlainDate): boolean {
  return state === 'scheduled' && Temporal.PlainDate.compare(due, today) < 0
}

/** Overdue first, then what is to come by its day, then what is settled, the latest first. */
export function byUrgency(today: Temporal.PlainDate): (a: DueItem, b: DueItem) => number {
  const rank = (item: DueItem) => (item.state !== 'scheduled' ? 2 : isOverdue(item, today) ? 0 : 1)
  return (a, b) => {
    const order = rank(a) - rank(b)
    const days = Temporal.PlainDate.compare(a.due, b.due)
    return order !== 0 ? order : rank(a) === 2 ? -days : days
  }
}

/** What an edit of the rule does to the days on record: settled ones stay, scheduled ones follow the rule. */
export function reschedule(
  existing: readonly DueItem[],
  wanted: readonly Temporal.PlainDate[],
): { readonly add: readonly Temporal.PlainDate[]; readonly remove: readonly Temporal.PlainDate[] } {
  const has = (days: readonly Temporal.PlainDate[], day: Temporal.PlainDate) => days.some((other) => other.equals(day))
  return {
    add: wanted.filter(
      (day) =>
        !has(
          existing.map(({ due }) => due),
          day,
        ),
    ),
    remove: existing.filter(({ state, due }) => state === 'scheduled' && !has(wanted, due)).map(({ due }) => due),
  }
}
