import type { Locale } from '#platform/i18n/locales.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import type { AgreementFacts } from './lifecycle.ts'

/** Kinds of agreement. */
export const agreementKinds = [
  'letter_of_intent',
  'memorandum_of_understanding',
  'framework_agreement',
  'cooperation_agreement',
  'joint_laboratory_agreement',
  'technology_development_contract',
  'technology_transfer_contract',
  'technology_licence',
  'technology_consulting_contract',
  'technology_service_contract',
  'confidentiality_agreement',
  'personnel_exchange_agreement',
] as const

export type AgreementKind = (typeof agreementKinds)[number]

/** The kinds of technology contract that the law knows; they are registered and counted. */
export const statutoryKinds: readonly AgreementKind[] = [
  'technology_development_contract',
  'technology_transfer_contract',
  'technology_licence',
  'technology_consulting_contract',
  'technology_service_contract',
]

export const partyRoles = ['lead', 'partner', 'funder', 'guarantor', 'witness'] as const

export type PartyRole = (typeof partyRoles)[number]

export const visibilities = ['public', 'internal', 'confidential'] as const

export type Visibility = (typeof visibilities)[number]

/** How many characters each text may have, and how many parties an agreement. */
export const limits = { reference: 100, title: 300, summary: 4000, partyName: 200, reason: 2000, parties: 20 } as const

/** A party: a partner with a profile, or a name in one language with a country where known. */
export type Party = { readonly role: PartyRole } & (
  | { readonly partnerId: string; readonly names: null; readonly country: null }
  | { readonly partnerId: null; readonly names: Readonly<Record<string, string>>; readonly country: string | null }
)

export interface Money {
  /** Plain decimal text. */
  readonly amount: string
  /** ISO 4217. */
  readonly currency: string
}

/** What people write about an agreement: everything but its state, its history and its release. */
export interface AgreementWords {
  readonly reference: string | null
  readonly kind: AgreementKind
  readonly visibility: Visibility
  readonly sourceLocale: Locale
  readonly titles: Readonly<Partial<Record<Locale, string>>>
  readonly summaries: Readonly<Partial<Record<Locale, string>>>
  readonly parties: readonly Party[]
  readonly signed: PartialDate | null
  readonly effective: PartialDate | null
  readonly ends: PartialDate | null
  readonly value: Money | null
  readonly fields: readonly string[]
}

/** What the lifecycle asks about, as far as the words tell it. */
export type WordFacts = Pick<AgreementFacts, 'titled' | 'parties' | 'signed' | 'effective' | 'ends'>

export function factsOf(words: AgreementWords): WordFacts {
  return {
    titled: words.titles[words.sourceLocale] !== undefined,
    parties: words.parties.length,
    signed: words.signed ?? undefined,
    effective: words.effective ?? undefined,
    ends: words.ends ?? undefined,
  }
}
