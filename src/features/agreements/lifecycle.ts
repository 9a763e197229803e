import type { Permission } from '#features/accounts/model.ts'
import { type AgreementFacts, type Requirement, type RequirementRule, requirements } from './requirements.ts'

/** States of an agreement of the office, in the order of its life. */
export const agreementStates = [
  'draft',
  'negotiation',
  'review',
  'approved',
  'signed',
  'in_force',
  'suspended',
  'completed',
  'expired',
  'terminated',
  'superseded',
  'declined',
  'withdrawn',
] as const

export type AgreementState = (typeof agreementStates)[number]

export function isAgreementState(value: unknown): value is AgreementState {
  return (agreementStates as readonly unknown[]).includes(value)
}

/** What a step leaves behind beside its own line in the history. */
export type Trace = 'round_opened' | 'round_approved' | 'round_returned' | 'round_closed' | 'approval_void'

export interface Transition {
  /** Null: the agreement comes into the register by it. */
  readonly from: readonly (AgreementState | null)[]
  /** Several: the one who enters it says which. */
  readonly to: readonly AgreementState[]
  /**
   * What sets it going: `recording` a new agreement, a `step` that somebody takes on its page, the `review`, or a
   * `change` of its substance.
   */
  readonly by: 'recording' | 'step' | 'review' | 'change'
  readonly permission: Permission
  readonly requires: readonly Requirement[]
  /** Whether a reason must be given. */
  readonly reason: boolean
  readonly leaves: readonly Trace[]
}

const step = { by: 'step', permission: 'agreements.transition', requires: [], reason: false, leaves: [] } as const

/** The lifecycle: every way in which an agreement's state may change, and nothing else changes it. */
export const transitions = {
  draft: { ...step, from: [null], to: ['draft'], by: 'recording', permission: 'agreements.record' },
  /**
   * An old agreement is entered in the state it is in; what its papers do not show are gaps, not a barrier. Review
   * and approval rest on a content that this register holds: what waits for them is entered in negotiation.
   */
  enter: {
    ...step,
    from: [null],
    to: [
      ...(['negotiation', 'signed', 'in_force', 'suspended', 'completed', 'expired', 'terminated'] as const),
      ...(['superseded', 'declined', 'withdrawn'] as const),
    ],
    by: 'recording',
    permission: 'agreements.record',
  },
  negotiate: {
    ...step,
    from: ['draft'],
    to: ['negotiation'],
    requires: ['title', 'two_parties', 'negotiation_checks'],
  },
  send_to_review: {
    ...step,
    from: ['negotiation'],
    to: ['review'],
    by: 'review',
    permission: 'agreements.send_to_review',
    requires: ['title', 'two_parties'],
    leaves: ['round_opened'],
  },
  /** The last of the reviewers has approved. */
  approve: {
    ...step,
    from: ['review'],
    to: ['approved'],
    by: 'review',
    permission: 'agreements.review',
    leaves: ['round_approved'],
  },
  /** A reviewer returns it with what has to change. */
  return: {
    ...step,
    from: ['review'],
    to: ['negotiation'],
    by: 'review',
    permission: 'agreements.review',
    reason: true,
    leaves: ['round_returned'],
  },
  /** Signed off on paper or in the office's own system: counts instead of the review. */
  sign_off: {
    ...step,
    from: ['negotiation', 'review'],
    to: ['approved'],
    requires: ['title', 'two_parties', 'sign_off'],
    leaves: ['round_closed'],
  },
  /** What was under review or approved has changed. */
  void_approval: {
    ...step,
    from: ['review', 'approved'],
    to: ['negotiation'],
    by: 'change',
    permission: 'agreements.record',
    leaves: ['approval_void'],
  },
  reopen: { ...step, from: ['review', 'approved'], to: ['negotiation'], reason: true, leaves: ['approval_void'] },
  sign: {
    ...step,
    from: ['approved'],
    to: ['signed'],
    requires: [
      ...(['title', 'two_parties', 'approval', 'signature_checks', 'signatories'] as const),
      ...(['signed_copies', 'signed_date', 'signed_not_ahead'] as const),
    ],
  },
  take_effect: { ...step, from: ['signed'], to: ['in_force'], requires: ['effective_date', 'effective_not_ahead'] },
  suspend: { ...step, from: ['in_force'], to: ['suspended'], reason: true },
  resume: { ...step, from: ['suspended'], to: ['in_force'], reason: true },
  complete: { ...step, from: ['in_force'], to: ['completed'] },
  expire: { ...step, from: ['in_force', 'suspended'], to: ['expired'], requires: ['end_date', 'end_passed'] },
  /** It expired on its day, and its renewal is put on record only later: the term has been amended. */
  reinstate: { ...step, from: ['expired'], to: ['in_force'], requires: ['end_ahead'], reason: true },
  terminate: { ...step, from: ['signed', 'in_force', 'suspended'], to: ['terminated'], reason: true },
  supersede: { ...step, from: ['signed', 'in_force', 'suspended'], to: ['superseded'], requires: ['successor'] },
  /** The other side, or whoever had to agree, said no. */
  decline: {
    ...step,
    from: ['negotiation', 'review', 'approved'],
    to: ['declined'],
    reason: true,
    leaves: ['round_closed'],
  },
  withdraw: {
    ...step,
    from: ['draft', 'negotiation', 'review', 'approved'],
    to: ['withdrawn'],
    reason: true,
    leaves: ['round_closed'],
  },
} as const satisfies Record<string, Transition>

export type TransitionName = keyof typeof transitions

export const transitionNames = Object.keys(transitions) as TransitionName[]

export const transitionOf = (name: TransitionName): Transition => transitions[name]

/** The state that an agreement gets by `name` from `from` (null: it is new); undefined where the table has no such way. */
export function leadsTo(
  name: string,
  from: AgreementState | null,
  wanted?: AgreementState,
): AgreementState | undefined {
  if (!Object.hasOwn(transitions, name)) return undefined
  const transition = transitionOf(name as TransitionName)
  if (!transition.from.includes(from)) return undefined
  if (wanted !== undefined) return transition.to.includes(wanted) ? wanted : undefined
  return transition.to.length === 1 ? transition.to[0] : undefined
}

export function missingFor(
  name: TransitionName,
  facts: AgreementFacts,
  today: Temporal.PlainDate,
): readonly Requirement[] {
  return transitionOf(name).requires.filter((requirement) => !requirements[requirement].holds(facts, today))
}

/** A way onward, with what is missing for it. */
export interface Step {
  readonly name: TransitionName
  readonly to: AgreementState
  readonly by: Transition['by']
  readonly missing: readonly Requirement[]
  readonly reason: boolean
  readonly permission: Permission
}

/** What people can do with an agreement in this state, on its page or in its review. */
export function stepsFrom(state: AgreementState, facts: AgreementFacts, today: Temporal.PlainDate): readonly Step[] {
  return transitionNames.flatMap((name) => {
    const to = leadsTo(name, state)
    const { by, reason, permission } = transitionOf(name)
    if (to === undefined || by === 'change') return []
    return [{ name, to, by, missing: missingFor(name, facts, today), reason, permission }]
  })
}

/** What an agreement in this state would have shown on its way here: the gaps of one that was entered as it was. */
export function gapsIn(
  state: AgreementState,
  facts: AgreementFacts,
  today: Temporal.PlainDate,
): readonly Requirement[] {
  const passed = usualWayTo(state).flatMap((name) => transitionOf(name).requires)
  return [...new Set(passed)].filter((requirement) => {
    const rule: RequirementRule = requirements[requirement]
    return !(rule.held ?? rule.holds)(facts, today)
  })
}

/** The shortest way from a draft to the state that goes through the review. */
function usualWayTo(state: AgreementState): readonly TransitionName[] {
  const ways = new Map<AgreementState, readonly TransitionName[]>([['draft', []]])
  for (const [reached, way] of ways) {
    for (const name of transitionNames) {
      const to = leadsTo(name, reached)
      if (to !== undefined && name !== 'sign_off' && !ways.has(to)) ways.set(to, [...way, name])
    }
  }
  return ways.get(state) ?? []
}

/** States before signature, in which what is agreed may still change. */
export const unsignedStates: readonly AgreementState[] = ['draft', 'negotiation', 'review', 'approved']

/** States in which an agreement may be released to the public register. */
export const releasableStates: readonly AgreementState[] = [
  ...(['signed', 'in_force', 'suspended', 'completed', 'expired', 'terminated', 'superseded'] as const),
]

/** States in which nothing moves any more; only a mistake about the term brings an agreement back from one. */
export function isFinal(state: AgreementState): boolean {
  return !transitionNames.some((name) => name !== 'reinstate' && transitionOf(name).from.includes(state))
}
