import type { PublishedTexts } from '#platform/i18n/fallback.ts'
import type { PartialDate } from '#platform/partial-date.ts'

/** A host or party as a record names it: a partner with a profile, or names by language. */
export interface PublishedInstitution {
  readonly partnerId: string | null
  /** Names when it was published: by language; used where the partner has no public profile (any more). */
  readonly names: Readonly<Record<string, string>>
  readonly country: string | null
  /** Parties only. */
  readonly role?: string
  /** Languages in which the name stands so on the paper, where it is marked; parties without a profile only. */
  readonly officialNames?: readonly string[]
}

interface PublishedRecord {
  readonly kind: string
  readonly fields: readonly string[]
  readonly sourceLocale: string
  readonly sources: readonly string[]
}

export interface PublishedPartner extends PublishedRecord {
  readonly texts: PublishedTexts<'name' | 'summary'>
  readonly country: string
  readonly side: 'yunnan' | 'china' | 'abroad'
  readonly standing: 'listed' | 'confirmed'
  readonly city: string | null
  readonly website: string | null
  readonly established: PartialDate | null
  /** Latitude and longitude in degrees, WGS 84. */
  readonly location: readonly [number, number] | null
  readonly locationPrecision: 'city' | 'site' | null
  readonly ror: string | null
  readonly acronyms: readonly string[]
  readonly parentId: string | null
}

export interface PublishedLab extends PublishedRecord {
  readonly texts: PublishedTexts<'name' | 'summary'>
  readonly stage: string
  readonly countries: readonly string[]
  readonly cities: readonly string[]
  readonly hosts: readonly PublishedInstitution[]
  readonly started: PartialDate | null
  readonly inaugurated: PartialDate | null
}

export interface PublishedFacility extends PublishedRecord {
  readonly texts: PublishedTexts<'name' | 'summary'>
  readonly stage: string
  readonly position: number
  readonly parentId: string | null
  readonly city: string | null
  readonly website: string | null
  readonly established: PartialDate | null
  readonly hosts: readonly PublishedInstitution[]
}

export interface PublishedAgreement extends PublishedRecord {
  readonly texts: PublishedTexts<'title' | 'summary'>
  readonly origin: 'office' | 'reported'
  /** The office's own only. */
  readonly state: string | null
  readonly reference: string | null
  readonly parties: readonly PublishedInstitution[]
  readonly signed: PartialDate | null
  readonly effective: PartialDate | null
  readonly ends: PartialDate | null
  readonly labIds: readonly string[]
  /** Languages in which the title stands so on the paper, where it is marked. */
  readonly officialTitles?: readonly string[]
}

export interface PublishedContents {
  partner: PublishedPartner
  lab: PublishedLab
  facility: PublishedFacility
  agreement: PublishedAgreement
}
