import type { AgreementState } from '#features/agreements/lifecycle.ts'
import type { PartyRole } from '#features/agreements/model.ts'
import type { DocumentKind } from '#features/documents/model.ts'
import type { MilestoneKind, OccurrenceState } from '#features/milestones/model.ts'

/** What our words are in OCDS 1.1: ocds.md explains each choice. Lists that OCDS leaves open have codes of our own. */

export type ContractStatus = 'pending' | 'active' | 'cancelled' | 'terminated'

/** contractStatus is a closed list. */
export const contractStatus = {
  draft: 'pending',
  negotiation: 'pending',
  review: 'pending',
  approved: 'pending',
  signed: 'pending',
  in_force: 'active',
  suspended: 'active',
  completed: 'terminated',
  expired: 'terminated',
  terminated: 'terminated',
  superseded: 'terminated',
  declined: 'cancelled',
  withdrawn: 'cancelled',
} as const satisfies Record<AgreementState, ContractStatus>

/** awardStatus is a closed list: what became of the contract, seen from the decision to conclude it. */
export const awardStatus = {
  pending: 'pending',
  active: 'active',
  terminated: 'active',
  cancelled: 'cancelled',
} as const satisfies Record<ContractStatus, string>

/** partyRole is open. Nobody buys or supplies in a cooperation agreement. */
export const partyRole = {
  lead: 'leadParty',
  partner: 'cooperationParty',
  funder: 'funder',
  guarantor: 'guarantor',
  witness: 'witness',
} as const satisfies Record<PartyRole, string>

/** milestoneType is open. */
export const milestoneType = {
  milestone: 'delivery',
  obligation: 'delivery',
  payment: 'payment',
} as const satisfies Record<MilestoneKind, string>

/** milestoneStatus is a closed list. */
export const milestoneStatus = {
  scheduled: 'scheduled',
  met: 'met',
  partially_met: 'partiallyMet',
  not_met: 'notMet',
} as const satisfies Record<OccurrenceState, string>

/** documentType is open; undefined: it has none. */
export const documentType = {
  draft: 'contractDraft',
  signed_copy: 'contractSigned',
  annex: 'contractAnnexe',
  evidence: 'physicalProgressReport',
  sign_off: 'signOff',
  power_of_attorney: 'powerOfAttorney',
  other: undefined,
} as const satisfies Record<DocumentKind, string | undefined>

/** relatedProcess is open; a link leads to the earlier agreement. */
export const relationship = { follows: 'prior', replaces: 'prior', implements: 'framework' } as const

/** ISO 4217 codes that are younger than the closed list of OCDS 1.1.5: amounts in them cannot be said in it. */
export const youngerCurrencies: readonly string[] = ['SLE', 'XCG', 'ZWG']
