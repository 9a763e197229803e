import { z } from 'zod'
import { agreementKinds, partyRoles } from '#features/agreements/model.ts'
import { facilityKinds, facilityStages } from '#features/facilities/model.ts'
import { labKinds, labStages } from '#features/labs/model.ts'
import { partnerKinds, partnerSides, partnerStandings } from '#features/partners/model.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import type { Holidays } from './holidays.ts'
import type { PackProblemCode } from './problems.ts'
import {
  code,
  countryCode,
  fiveNames,
  fiveNamesOptional,
  host,
  nameAndSummary,
  officialIn,
  otherNames,
  otherTitles,
  partialDate,
  party,
  recordKeys,
  slug,
  sourceLocale,
  textStatus,
  titleAndSummary,
  webAddress,
  words,
} from './parts.ts'

/** The schemas of the content pack's files, in the order of keys in which a pack is written. */

const place = words(100)

export const partnerFile = z
  .strictObject({
    kind: z.enum(partnerKinds),
    state: recordKeys.state,
    oldSlugs: recordKeys.oldSlugs,
    country: countryCode,
    side: z.enum(partnerSides).optional(),
    standing: z.enum(partnerStandings).default('listed'),
    city: place.optional(),
    website: webAddress.optional(),
    established: partialDate.optional(),
    location: z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]).optional(),
    locationPrecision: z.enum(['city', 'site']).optional(),
    ror: z.string().regex(/^https:\/\/ror\.org\/0[a-z0-9]{8}$/, 'bad_ror').optional(),
    acronyms: z.array(words(40)).default([]),
    parent: slug.optional(),
    fields: recordKeys.fields,
    sourceLocale: recordKeys.sourceLocale,
    texts: nameAndSummary,
    otherNames,
    sources: recordKeys.sources,
  })
  .refine((partner) => (partner.country === 'CN') === (partner.side === 'yunnan' || partner.side === 'china'), {
    path: ['side'],
    message: 'side_of_china',
  })

export const labFile = z.strictObject({
  kind: z.enum(labKinds),
  state: recordKeys.state,
  oldSlugs: recordKeys.oldSlugs,
  stage: z.enum(labStages),
  countries: z.array(code).min(1, 'no_country'),
  cities: z.array(place).default([]),
  hosts: z.array(host).default([]),
  started: partialDate.optional(),
  inaugurated: partialDate.optional(),
  fields: recordKeys.fields,
  sourceLocale: recordKeys.sourceLocale,
  texts: nameAndSummary,
  otherNames,
  sources: recordKeys.sources,
})

export const facilityFile = z
  .strictObject({
    kind: z.enum(facilityKinds),
    state: recordKeys.state,
    oldSlugs: recordKeys.oldSlugs,
    stage: z.enum(facilityStages),
    order: z.number().int().min(0).max(9999),
    parent: slug.optional(),
    city: place.optional(),
    website: webAddress.optional(),
    established: partialDate.optional(),
    hosts: z.array(host).default([]),
    fields: recordKeys.fields,
    sourceLocale: recordKeys.sourceLocale,
    texts: nameAndSummary,
    otherNames,
    sources: recordKeys.sources,
  })
  .refine((facility) => (facility.kind === 'branch') === (facility.parent !== undefined), {
    path: ['parent'],
    message: 'parent_of_branch',
  })

export const agreementFile = z
  .strictObject({
    kind: z.enum(agreementKinds),
    state: z.enum(['draft', 'published']).default('published'),
    oldSlugs: recordKeys.oldSlugs,
    parties: z.array(party(partyRoles)).min(2, 'two_parties'),
    signed: partialDate.optional(),
    effective: partialDate.optional(),
    ends: partialDate.optional(),
    labs: z.array(slug).default([]),
    fields: recordKeys.fields,
    sourceLocale: recordKeys.sourceLocale,
    texts: titleAndSummary,
    otherTitles,
    officialTitles: officialIn,
    sources: recordKeys.sources,
  })
  .refine(
    ({ texts, otherTitles: further = {}, officialTitles = [] }) =>
      officialTitles.every((tag) => tag in further || (isLocale(tag) && texts[tag]?.title !== undefined)),
    { path: ['officialTitles'], message: 'official_unnamed' },
  )
  .refine(({ effective, ends }) => effective === undefined || ends === undefined || ends >= effective.slice(0, ends.length), {
    path: ['ends'],
    message: 'ends_before_effective',
  })

export const countriesFile = z.strictObject({
  countries: z.record(countryCode, z.strictObject(fiveNames)),
  regions: z.record(code, z.strictObject(fiveNames)).default({}),
})

export const placesFile = z.record(place, z.strictObject({ country: countryCode, ...fiveNamesOptional, en: fiveNames.en }))

export const fieldsFile = z.record(
  code,
  z.strictObject({
    ford: z.array(z.string().regex(/^[1-6](?:\.\d{1,2})?$/, 'bad_ford')),
    wipo: z.array(z.number().int().min(1).max(35)),
    ...fiveNames,
  }),
)

/** Terms of the field. A language that nobody is sure of is left out; `unchecked`: not checked by a native reader. */
export const glossaryFile = z.record(
  code,
  z.strictObject({
    ...fiveNamesOptional,
    zh: fiveNames.zh,
    en: fiveNames.en,
    unchecked: z.array(sourceLocale).optional(),
    sources: z.array(webAddress).optional(),
  }),
)

export const siteFile = z.strictObject({
  organisation: z.strictObject(fiveNames),
  address: z.strictObject(fiveNamesOptional).optional(),
  contact: z.strictObject({ email: z.email().optional(), phone: words(40).optional() }).optional(),
})

export const pageFile = z.strictObject({ title: words(200), status: textStatus, body: z.string().min(1).max(100_000) })

export const recordFiles = {
  partners: partnerFile,
  labs: labFile,
  facilities: facilityFile,
  agreements: agreementFile,
} as const

export type RecordFolder = keyof typeof recordFiles

export const vocabularyFiles = { countries: countriesFile, places: placesFile, fields: fieldsFile, glossary: glossaryFile } as const

export type PartnerRecord = z.output<typeof partnerFile>
export type LabRecord = z.output<typeof labFile>
export type FacilityRecord = z.output<typeof facilityFile>
export type AgreementRecord = z.output<typeof agreementFile>
export type Countries = z.output<typeof countriesFile>
export type Places = z.output<typeof placesFile>
export type Fields = z.output<typeof fieldsFile>
export type Glossary = z.output<typeof glossaryFile>
export type Site = z.output<typeof siteFile>
export type Page = z.output<typeof pageFile>

/** A content pack, or any part of one, as read and checked file by file. */
export interface Pack {
  readonly partners: ReadonlyMap<string, PartnerRecord>
  readonly labs: ReadonlyMap<string, LabRecord>
  readonly facilities: ReadonlyMap<string, FacilityRecord>
  readonly agreements: ReadonlyMap<string, AgreementRecord>
  readonly countries?: Countries
  readonly places?: Places
  readonly fields?: Fields
  readonly glossary?: Glossary
  readonly site?: Site
  /** By country (ISO 3166-1). */
  readonly holidays: ReadonlyMap<string, Holidays>
  /** By slug, then by locale. */
  readonly pages: ReadonlyMap<string, Readonly<Partial<Record<Locale, Page>>>>
}

/** Something wrong in a pack: file (relative to the pack), key, and a code of `locales/{locale}/content.json`. */
export interface PackProblem {
  readonly file: string
  /** Path of the key within the file: `texts.my.name`; empty for the file as a whole. */
  readonly key: string
  readonly code: PackProblemCode
  readonly params?: Readonly<Record<string, string | number>>
}
