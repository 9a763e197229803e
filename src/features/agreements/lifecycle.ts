import type { Permission } from '#features/accounts/model.ts'
import { bounds, type PartialDate } from '#platform/partial-date.ts'

/** States of an agreement of the office, in the order of its life. */
export const agreementStates = [
  'draft',
  'negotiation',
  'signed',
  'in_force',
  'completed',
  'expired',
  'terminated',
  'withdrawn',
] as const

export type AgreementState = (typeof agreementStates)[number]

export function isAgreementState(value: unknown): value is AgreementState {
  return (agreementStates as readonly unknown[]).includes(value)
}

/** What the lifecycle asks about an agreement. */
export interface AgreementFacts {
  /** It has a title in its source language. */
  readonly titled: boolean
  readonly parties: number
  readonly signed: PartialDate | undefined
  readonly effective: PartialDate | undefined
  readonly ends: PartialDate | undefined
}

/** What can be missing, each with the field of the form where it is mended. */
export const requirements = {
  title: { field: 'titles', holds: (facts) => facts.titled },
  two_parties: { field: 'parties', holds: (facts) => facts.parties >= 2 },
  signed_date: { field: 'signed', holds: (facts) => facts.signed !== undefined },
  signed_not_ahead: { field: 'signed', holds: (facts, today) => begun(facts.signed, today) },
  effective_date: { field: 'effective', holds: (facts) => facts.effective !== undefined },
  effective_not_ahead: { field: 'effective', holds: (facts, today) => begun(facts.effective, today) },
  end_date: { field: 'ends', holds: (facts) => facts.ends !== undefined },
  end_passed: { field: 'ends', holds: (facts, today) => over(facts.ends, today) },
} as const satisfies Record<
  string,
  { readonly field: string; readonly holds: (facts: AgreementFacts, today: Temporal.PlainDate) => boolean }
>

export type Requirement = keyof typeof requirements

/** The day may have come. An unknown one is another requirement's business. */
function begun(date: PartialDate | undefined, today: Temporal.PlainDate): boolean {
  return date === undefined || Temporal.PlainDate.compare(bounds(date).first, today) <= 0
}

/** The day has certainly passed. */
function over(date: PartialDate | undefined, today: Temporal.PlainDate): boolean {
  return date === undefined || Temporal.PlainDate.compare(bounds(date).last, today) < 0
}

export interface Transition {
  /** Null: the agreement comes into the register by it. */
  readonly from: readonly (AgreementState | null)[]
  /** Several: the one who enters it says which. */
  readonly to: readonly AgreementState[]
  readonly permission: Permission
  readonly requires: readonly Requirement[]
  /** Whether a reason must be given. */
  readonly reason: boolean
}

/** The lifecycle: every way in which an agreement's state may change, and nothing else changes it. */
export const transitions = {
  draft: { from: [null], to: ['draft'], permission: 'agreements.record', requires: [], reason: false },
  /** An old agreement is entered in the state it is in; what its papers do not show are gaps, not a barrier. */
  enter: {
    from: [null],
    to: ['negotiation', 'signed', 'in_force', 'completed', 'expired', 'terminated'],
    permission: 'agreements.record',
    requires: [],
    reason: false,
  },
  negotiate: {
    from: ['draft'],
    to: ['negotiation'],
    permission: 'agreements.transition',
    requires: ['title', 'two_parties'],
    reason: false,
  },
  sign: {
    from: ['negotiation'],
    to: ['signed'],
    permission: 'agreements.transition',
    requires: ['title', 'two_parties', 'signed_date', 'signed_not_ahead'],
    reason: false,
  },
  take_effect: {
    from: ['signed'],
    to: ['in_force'],
    permission: 'agreements.transition',
    requires: ['effective_date', 'effective_not_ahead'],
    reason: false,
  },
  complete: { from: ['in_force'], to: ['completed'], permission: 'agreements.transition', requires: [], reason: false },
  expire: {
    from: ['in_force'],
    to: ['expired'],
    permission: 'agreements.transition',
    requires: ['end_date', 'end_passed'],
    reason: false,
  },
  terminate: {
    from: ['signed', 'in_force'],
    to: ['terminated'],
    permission: 'agreements.transition',
    requires: [],
    reason: true,
  },
  withdraw: {
    from: ['draft', 'negotiation'],
    to: ['withdrawn'],
    permission: 'agreements.transition',
    requires: [],
    reason: true,
  },
} as const satisfies Record<string, Transition>

export type TransitionName = keyof typeof transitions

export const transitionNames = Object.keys(transitions) as TransitionName[]

/**
 * The state that an agreement gets by `name` from `from` (null: it is new); undefined where the table has no such way.
 */
export function leadsTo(
  name: string,
  from: AgreementState | null,
  wanted?: AgreementState,
): AgreementState | undefined {
  const transition: Transition | undefined = Object.hasOwn(transitions, name)
    ? transitions[name as TransitionName]
    : undefined
  if (transition === undefined || !transition.from.includes(from)) return undefined
  if (wanted !== undefined) return transition.to.includes(wanted) ? wanted : undefined
  return transition.to.length === 1 ? transition.to[0] : undefined
}

export function missingFor(
  name: TransitionName,
  facts: AgreementFacts,
  today: Temporal.PlainDate,
): readonly Requirement[] {
  const required: readonly Requirement[] = transitions[name].requires
  return required.filter((requirement) => !requirements[requirement].holds(facts, today))
}

/** A way onward, with what is missing for it. */
export interface Step {
  readonly name: TransitionName
  readonly to: AgreementState
  readonly missing: readonly Requirement[]
  readonly reason: boolean
  readonly permission: Permission
}

export function stepsFrom(state: AgreementState, facts: AgreementFacts, today: Temporal.PlainDate): readonly Step[] {
  return transitionNames.flatMap((name) => {
    const to = leadsTo(name, state)
    if (to === undefined) return []
    const { reason, permission } = transitions[name]
    return [{ name, to, missing: missingFor(name, facts, today), reason, permission }]
  })
}

/** What an agreement in this state would have shown on its way here: the gaps of one that was entered as it was. */
export function gapsIn(
  state: AgreementState,
  facts: AgreementFacts,
  today: Temporal.PlainDate,
): readonly Requirement[] {
  const passed = waysTo(state).flatMap((name) => missingFor(name, facts, today))
  return [...new Set(passed)]
}

/** The shortest way from a draft to the state. */
function waysTo(state: AgreementState): readonly TransitionName[] {
  const ways = new Map<AgreementState, readonly TransitionName[]>([['draft', []]])
  for (const [reached, way] of ways) {
    for (const name of transitionNames) {
      const to = leadsTo(name, reached)
      if (to !== undefined && !ways.has(to)) ways.set(to, [...way, name])
    }
  }
  return ways.get(state) ?? []
}

/** States in which an agreement may be released to the public register. */
export const releasableStates: readonly AgreementState[] = ['signed', 'in_force', 'completed', 'expired', 'terminated']

/** States in which nothing moves any more. */
export function isFinal(state: AgreementState): boolean {
  return !transitionNames.some((name) => (transitions[name].from as readonly (AgreementState | null)[]).includes(state))
}
