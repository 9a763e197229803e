import type { AgreementState } from '#features/agreements/lifecycle.ts'
import { endAfter, type Term } from '#features/agreements/term.ts'
import { bounds, type PartialDate } from '#platform/partial-date.ts'

/** What the steps of a day depend on. */
export interface Running {
  readonly state: AgreementState
  readonly term: Term
  /** The last end of a period after which a renewal is on record. */
  readonly renewedAfter: Temporal.PlainDate | undefined
}

/** A step that an agreement takes by itself because a day has come. */
export type AutomaticStep =
  | { readonly name: 'take_effect'; readonly effective: PartialDate }
  | {
      readonly name: 'renew'
      /** Which renewal it is, from 1. */
      readonly number: number
      /** Last day of the period before and of the one that follows. */
      readonly ended: Temporal.PlainDate
      readonly until: Temporal.PlainDate
    }
  | { readonly name: 'expire'; readonly ended: Temporal.PlainDate }

const isBefore = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) < 0

/**
 * The steps that are due by a day, in the order in which they happened: into force on the effective date, renewed or
 * expired on the day after the last day of a period. Each step that is on record already is left out, so that it does
 * not matter how many days were missed, or on how many it is asked.
 *
 * A date that is known to the month or year waits until it has certainly come (reminders read it as early as it can
 * be). An automatic renewal whose length is not known is nothing that can be reckoned: people have to say.
 */
export function stepsDue({ state, term, renewedAfter }: Running, today: Temporal.PlainDate): AutomaticStep[] {
  const steps: AutomaticStep[] = []
  if (state === 'signed') {
    if (term.effective === null || isBefore(today, bounds(term.effective).last)) return []
    steps.push({ name: 'take_effect', effective: term.effective })
  } else if (state !== 'in_force' && state !== 'suspended') return []
  if (term.openEnded || term.ends === null) return steps
  const agreed = bounds(term.ends).last
  const months = term.renewal === 'automatic' ? term.renewalMonths : 0
  if (months === null) return steps
  const most = months > 0 ? (term.renewalLimit ?? Infinity) : 0
  let [number, ended] = [0, agreed]
  while (isBefore(ended, today)) {
    if (number >= most) return [...steps, { name: 'expire', ended }]
    number += 1
    const until = endAfter(agreed, number, months)
    if (renewedAfter === undefined || isBefore(renewedAfter, ended)) steps.push({ name: 'renew', number, ended, until })
    ended = until
  }
  return steps
}
