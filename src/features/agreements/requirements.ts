import { bounds, type PartialDate } from '#platform/partial-date.ts'

/** What the lifecycle asks about an agreement. */
export interface AgreementFacts {
  /** It has a title in its source language. */
  readonly titled: boolean
  readonly parties: number
  readonly signed: PartialDate | undefined
  readonly effective: PartialDate | undefined
  readonly ends: PartialDate | undefined
  /** Points of each checklist that are open or have no answer. */
  readonly openPoints: { readonly negotiation: number; readonly signature: number }
  /** `stands`: given to exactly what the agreement says now; `former`: given once, to what it said then. */
  readonly approval: 'none' | 'former' | 'stands'
  /** A sign-off from paper is on record for exactly what the agreement says now. */
  readonly signedOff: boolean
  /** Parties whose signatory and date of signature are on record. */
  readonly signatures: number
  /** Authentic languages without a signed copy. */
  readonly copiesMissing: readonly string[]
  /** Another agreement that was signed is linked as the one that replaces it. */
  readonly replaced: boolean
}

/** The page of an agreement on which something is mended. */
export type MendingPage = 'edit' | 'checklist' | 'review' | 'signatures' | 'documents' | 'links'

export interface RequirementRule {
  readonly page: MendingPage
  /** The field or part of that page. */
  readonly field: string
  readonly holds: (facts: AgreementFacts, today: Temporal.PlainDate) => boolean
  /** What is enough once the agreement is past the step that asks for it; `holds` where nothing is said. */
  readonly held?: (facts: AgreementFacts, today: Temporal.PlainDate) => boolean
}

/** What a step of the lifecycle can ask for, each with the place where it is mended. */
export const requirements = {
  title: { page: 'edit', field: 'titles', holds: (facts) => facts.titled },
  two_parties: { page: 'edit', field: 'parties', holds: (facts) => facts.parties >= 2 },
  negotiation_checks: { page: 'checklist', field: 'negotiation', holds: (facts) => facts.openPoints.negotiation === 0 },
  sign_off: { page: 'review', field: 'sign-off', holds: (facts) => facts.signedOff },
  approval: {
    page: 'review',
    field: 'review',
    holds: (facts) => facts.approval === 'stands',
    // Later corrections of a signed agreement do not undo that it was approved before it was signed.
    held: (facts) => facts.approval !== 'none',
  },
  signature_checks: { page: 'checklist', field: 'signature', holds: (facts) => facts.openPoints.signature === 0 },
  signatories: {
    page: 'signatures',
    field: 'signatures',
    holds: (facts) => facts.parties > 0 && facts.signatures === facts.parties,
  },
  signed_copies: { page: 'documents', field: 'documents', holds: (facts) => facts.copiesMissing.length === 0 },
  signed_date: { page: 'edit', field: 'signed', holds: (facts) => facts.signed !== undefined },
  signed_not_ahead: { page: 'edit', field: 'signed', holds: (facts, today) => begun(facts.signed, today) },
  effective_date: { page: 'edit', field: 'effective', holds: (facts) => facts.effective !== undefined },
  effective_not_ahead: { page: 'edit', field: 'effective', holds: (facts, today) => begun(facts.effective, today) },
  end_date: { page: 'edit', field: 'ends', holds: (facts) => facts.ends !== undefined },
  end_passed: { page: 'edit', field: 'ends', holds: (facts, today) => over(facts.ends, today) },
  end_ahead: {
    page: 'edit',
    field: 'ends',
    holds: (facts, today) => facts.ends === undefined || !over(facts.ends, today),
  },
  successor: { page: 'links', field: 'links', holds: (facts) => facts.replaced },
} as const satisfies Record<string, RequirementRule>

export type Requirement = keyof typeof requirements

/** The day may have come. An unknown one is another requirement's business. */
function begun(date: PartialDate | undefined, today: Temporal.PlainDate): boolean {
  return date === undefined || Temporal.PlainDate.compare(bounds(date).first, today) <= 0
}

/** The day has certainly passed. */
function over(date: PartialDate | undefined, today: Temporal.PlainDate): boolean {
  return date === undefined || Temporal.PlainDate.compare(bounds(date).last, today) < 0
}
