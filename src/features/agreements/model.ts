import type { Locale } from '#platform/i18n/locales.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import type { AgreementFacts } from './requirements.ts'
import type { Term } from './term.ts'

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
export const limits = {
  reference: 100,
  title: 300,
  summary: 4000,
  partyName: 200,
  /** Names in further languages, of each title and party. */
  otherNames: 20,
  reason: 2000,
  parties: 20,
  registrationNumber: 100,
  contact: 200,
  renewalMonths: 1200,
  renewals: 999,
  notice: 3650,
  leadDays: 3650,
  languages: 10,
} as const

/** Whom to write to at a party, as given. */
export interface Contact {
  readonly name: string | null
  /** How the person is spoken to; absent where it is not known. */
  readonly address?: string
  readonly email: string | null
  readonly phone: string | null
}

/** A party: a partner with a profile, or a name, in one language or several, with a country where known. */
export type Party = {
  readonly role: PartyRole
  /** The language of its own original, in which it is named first (BCP 47 tag). */
  readonly originalLanguage: string | null
  readonly contact: Contact | null
} & (
  | { readonly partnerId: string; readonly names: null; readonly country: null }
  | {
      readonly partnerId: null
      /** By BCP 47 tag. */
      readonly names: Readonly<Record<string, string>>
      /** Languages in which the name stands so on the paper; absent where none is marked. */
      readonly officialNames?: readonly string[]
      readonly country: string | null
    }
)

export interface Money {
  /** Plain decimal text. */
  readonly amount: string
  /** ISO 4217. */
  readonly currency: string
}

/** What people write about an agreement: everything but its state, its history and its release. */
export interface AgreementWords extends Term {
  readonly reference: string | null
  readonly kind: AgreementKind
  readonly visibility: Visibility
  readonly sourceLocale: Locale
  /** The member of staff who is responsible for it. */
  readonly officerId: string | null
  /** By BCP 47 tag: in the site's languages, and in any other that it has a title in. */
  readonly titles: Readonly<Partial<Record<string, string>>>
  /** Languages in which the title stands on the paper itself; in the others it is a translation for readers. */
  readonly officialTitles: readonly string[]
  readonly summaries: Readonly<Partial<Record<Locale, string>>>
  readonly parties: readonly Party[]
  readonly signed: PartialDate | null
  /** Languages whose text is authentic, and the one of them that prevails (BCP 47 tags). */
  readonly authenticLanguages: readonly string[]
  readonly prevailingLanguage: string | null
  /** The contract value (成交额). */
  readonly value: Money | null
  /** The part of it that is for technology (技术交易额), in the same currency; plain decimal text. */
  readonly technologyAmount: string | null
  /** Number under which a technology contract is registered. */
  readonly registrationNumber: string | null
  readonly fields: readonly string[]
  /** Ids of the labs and facilities that it is about. */
  readonly labs: readonly string[]
  readonly facilities: readonly string[]
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

/**
 * What a party is known by when the parties of two states are matched: its profile, or its names without regard to
 * case, a line each. Contacts and signatories are kept by it.
 */
export function partyKey({ partnerId, names }: Pick<Party, 'partnerId' | 'names'>): string {
  return partnerId ?? namesIn({ names }).join('\n')
}

const namesIn = ({ names }: Pick<Party, 'names'>) =>
  [...new Set(Object.values(names ?? {}).map((name) => name.toLowerCase()))].sort()

/** Whether a key of before is still this party's: the same, or with one name at least in common. */
export function isKeyOf(key: string, party: Pick<Party, 'partnerId' | 'names'>): boolean {
  if (party.partnerId !== null) return key === party.partnerId
  const names = namesIn(party)
  return key.split('\n').some((name) => names.includes(name))
}

/** Whether the law counts it as a technology contract, which alone has a technology value and a registration. */
export function isTechnologyContract(kind: string): boolean {
  return (statutoryKinds as readonly string[]).includes(kind)
}

/** What nothing was said about. */
export const unsaid = {
  officerId: null,
  officialTitles: [],
  openEnded: false,
  renewal: 'none',
  renewalMonths: null,
  renewalLimit: null,
  notice: null,
  leadDays: null,
  authenticLanguages: [],
  prevailingLanguage: null,
  technologyAmount: null,
  registrationNumber: null,
  labs: [],
  facilities: [],
} as const satisfies Partial<AgreementWords>

/** Nothing said about a party but who it is. */
export const unsaidOfParty = { originalLanguage: null, contact: null } as const satisfies Partial<Party>
