import type { OfficeFilters } from '#features/agreements/office-filters.ts'
import type { Contact, Money } from '#features/agreements/model.ts'
import type { Term } from '#features/agreements/term.ts'
import type { Names } from '#features/hub/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { PartialDate } from '#platform/partial-date.ts'

export const exportFormats = ['xlsx', 'csv', 'json', 'ocds'] as const

export type ExportFormat = (typeof exportFormats)[number]

/**
 * `public`: agreements that are released, as they were released. `all`: everything that the person may see, as the
 * office has it now.
 */
export const exportContents = ['public', 'all'] as const

export type ExportContents = (typeof exportContents)[number]

/** What somebody wants to take out of the register. */
export interface ExportRequest {
  /** The list; its page and size mean nothing here. */
  readonly filters: OfficeFilters
  readonly format: ExportFormat
  readonly contents: ExportContents
  /** The language of headings, of words such as states, and of names. */
  readonly locale: Locale
}

/** A record that an agreement names: a lab or a facility. */
export interface ExportedLink {
  readonly id: string
  readonly names: Names
}

export interface ExportedParty {
  readonly role: string
  readonly partnerId: string | null
  /** The Research Organization Registry's address for it. */
  readonly ror: string | null
  readonly names: Names
  /** Languages in which its name stands so on the paper; nothing of a profile. */
  readonly officialNames: readonly string[]
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
  /** The office's own part; null in what is public. */
  readonly office: {
    readonly originalLanguage: string | null
    readonly contact: Contact | null
    /** Who signed: name, form of address, title or office, by language; the languages that stand on the paper. */
    readonly signatory: Names | null
    readonly signatoryAddresses: Names | null
    readonly signatoryTitles: Names | null
    readonly signatoryOfficial: readonly string[]
    readonly signedOn: string | null
  } | null
}

/** An agreement as every format takes it. */
export interface ExportedAgreement {
  readonly id: string
  /** Of its public page, where it has one. */
  readonly slug: string
  /** When this was released, or the office changed it last. */
  readonly at: Temporal.Instant
  readonly reference: string | null
  readonly kind: string
  readonly state: string
  readonly sourceLocale: string
  readonly titles: Names
  readonly summaries: Names
  readonly parties: readonly ExportedParty[]
  readonly signed: PartialDate | null
  readonly effective: PartialDate | null
  readonly ends: PartialDate | null
  readonly fields: readonly string[]
  readonly labs: readonly ExportedLink[]
  /** What the public is never shown; null in an export of what is public. */
  readonly office: OfficeFacts | null
}

export interface OfficeFacts extends Omit<Term, 'effective' | 'ends'> {
  readonly version: number
  readonly visibility: string
  readonly officialTitles: readonly string[]
  readonly authenticLanguages: readonly string[]
  readonly prevailingLanguage: string | null
  readonly value: Money | null
  readonly technologyAmount: string | null
  readonly registrationNumber: string | null
  readonly facilities: readonly ExportedLink[]
  readonly officer: { readonly name: string | null; readonly email: string } | null
  readonly nextDue: string | null
  /** Read for the formats that hold them: not for a sheet, where an agreement is one row. */
  readonly details: Details
}

/** What hangs on an agreement. */
export interface Details {
  readonly milestones: readonly ExportedMilestone[]
  readonly amendments: readonly ExportedAmendment[]
  readonly documents: readonly ExportedDocument[]
  readonly links: readonly { readonly kind: 'follows' | 'replaces' | 'implements'; readonly otherId: string }[]
}

export const noDetails: Details = { milestones: [], amendments: [], documents: [], links: [] }

export interface ExportedMilestone {
  readonly id: string
  readonly kind: string
  readonly title: string
  /** Position of the party that owes it. */
  readonly party: number | null
  /** RFC 5545. */
  readonly rule: string | null
  readonly money: Money | null
  /** Its due days, earliest first; days as ISO 8601. */
  readonly days: readonly {
    readonly due: string
    readonly state: 'scheduled' | 'met' | 'partially_met' | 'not_met'
    readonly metOn: string | null
    /** Plain decimal text, in the milestone's currency. */
    readonly paid: string | null
  }[]
}

export interface ExportedAmendment {
  readonly number: number
  readonly kind: string
  readonly summary: string
  readonly signedOn: string | null
  readonly effectiveOn: string
  readonly languages: readonly string[]
}

/** A paper that is not archived, by its newest version. */
export interface ExportedDocument {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly language: string | null
  readonly version: number
  readonly mediaType: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly createdAt: Temporal.Instant
  readonly uploadedAt: Temporal.Instant
}
