import type { Deadlines } from './term.ts'

/** Something due on a day, by what became of it: `scheduled` until somebody says. */
export interface DueItem {
  readonly due: Temporal.PlainDate
  readonly state: 'scheduled' | 'met' | 'partially_met' | 'not_met'
}

/** States of an agreement in which its own deadlines run. */
export const runningStates: readonly string[] = ['signed', 'in_force', 'suspended']

/** States after its end, in which what is scheduled is still owed though no deadline of its own runs any more. */
export const endedStates: readonly string[] = ['completed', 'expired', 'terminated', 'superseded']

/** States of an agreement that was signed at some time. */
export const signedStates: readonly string[] = [...runningStates, ...endedStates]

/**
 * The earliest thing due. What is scheduled stays due when its day has passed, and so does the end; a notice deadline
 * or a lead that has passed can no longer be kept and is left out.
 */
export function nextDueOf(
  { end, notice, lead }: Pick<Deadlines, 'end' | 'notice' | 'lead'>,
  occurrences: readonly DueItem[],
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const ahead = [lead, notice].flatMap((deadline) =>
    deadline !== undefined && Temporal.PlainDate.compare(deadline.date, today) >= 0 ? [deadline.date] : [],
  )
  const scheduled = occurrences.filter(({ state }) => state === 'scheduled').map(({ due }) => due)
  const days = [...ahead, ...(end === undefined ? [] : [end.date]), ...scheduled]
  return days.sort((a, b) => Temporal.PlainDate.compare(a, b))[0] ?? null
}
