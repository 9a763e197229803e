import type { Money } from '#features/agreements/model.ts'
import { isLocale, type Locale, locales } from '#platform/i18n/locales.ts'
import { bounds, type PartialDate, precisionOf } from '#platform/partial-date.ts'
import { paths } from '#platform/paths.ts'
import type { Details, ExportedAgreement } from './model.ts'
import { contractStatus, documentType, milestoneStatus, milestoneType, youngerCurrencies } from './ocds-codes.ts'
import { inLanguages, type Json, ocdsSignatories, partyReference } from './ocds-parties.ts'

declare global {
  interface JSON {
    /** ECMAScript's `JSON.rawJSON`, which TypeScript does not declare yet: text that is written into JSON as it is. */
    rawJSON(text: string): object
  }
}

/** Where a release is made. */
export interface OcdsPlace {
  /** The site's public origin. */
  readonly baseUrl: string
  /** IANA name: days begin and end in it. */
  readonly officeTimeZone: string
}

/** The agreement as the one contract of its process. */
export function ocdsContract(agreement: ExportedAgreement, place: OcdsPlace): Json {
  const { id, titles, summaries, sourceLocale, signed, office } = agreement
  const details = office?.details
  return {
    id,
    awardID: id,
    ...inLanguages('title', titles, sourceLocale),
    ...inLanguages('description', summaries, sourceLocale),
    status: contractStatus[agreement.state as keyof typeof contractStatus],
    period: periodOf(agreement, place),
    value: valueOf(office?.value ?? null),
    dateSigned: exactDay(signed, place),
    signatories: ocdsSignatories(agreement),
    documents: some(details === undefined ? publicDocuments(agreement, place) : papers(agreement, details, place)),
    milestones: some(details?.milestones.flatMap((milestone) => milestonesOf(milestone, place))),
    amendments: some(
      details?.amendments.map(({ number, summary, signedOn, effectiveOn }) => ({
        id: String(number),
        date: startOf(signedOn ?? effectiveOn, place),
        description: summary,
      })),
    ),
    implementation: details && implementationOf(agreement, details, place),
  }
}

/** A day that is known as one, as its first moment; undefined for a month or a year: OCDS has no half-known days. */
export function exactDay(date: PartialDate | null, place: OcdsPlace): string | undefined {
  return date === null || precisionOf(date) !== 'day' ? undefined : startOf(date, place)
}

/** From the first to the last day that is meant: a year without a day counts from its first, or to its last. */
function periodOf({ effective, ends }: ExportedAgreement, place: OcdsPlace): Json | undefined {
  if (effective === null && ends === null) return undefined
  return {
    startDate: effective === null ? undefined : startOf(bounds(effective).first.toString(), place),
    endDate: ends === null ? undefined : endOf(bounds(ends).last, place),
  }
}

/** An amount as a number of exactly these digits; undefined in a currency that OCDS does not know. */
function valueOf(money: Money | null): Json | undefined {
  if (money === null || youngerCurrencies.includes(money.currency)) return undefined
  return { amount: JSON.rawJSON(money.amount), currency: money.currency }
}

/** Each due day is a milestone of its own. */
function milestonesOf({ id, kind, title, days }: Details['milestones'][number], place: OcdsPlace): Json[] {
  return days.map(({ due, state, metOn }) => ({
    id: `${id}-${due}`,
    title,
    type: milestoneType[kind as keyof typeof milestoneType],
    dueDate: startOf(due, place),
    dateMet: metOn === null ? undefined : startOf(metOn, place),
    status: milestoneStatus[state],
  }))
}

/** Payments that were made. */
function implementationOf(agreement: ExportedAgreement, details: Details, place: OcdsPlace): Json | undefined {
  const transactions = details.milestones.flatMap(({ id, party, money, days }) =>
    days.flatMap(({ due, metOn, paid }) => {
      const value = paid === null || money === null ? undefined : valueOf({ ...money, amount: paid })
      if (value === undefined) return []
      const date = metOn === null ? undefined : startOf(metOn, place)
      return { id: `${id}-${due}`, date, value, payer: partyReference(agreement, party) }
    }),
  )
  return transactions.length === 0 ? undefined : { transactions }
}

/** What the public may read: the agreement's page and its brief, in each language that it has words in. */
function publicDocuments({ slug, titles, sourceLocale }: ExportedAgreement, { baseUrl }: OcdsPlace): Json[] {
  const page = (locale: Locale) => ({ url: paths.agreement(locale, slug), format: 'text/html' })
  const brief = (locale: Locale) => ({ url: paths.brief(locale, 'agreements', slug), format: 'application/pdf' })
  return locales
    .filter((locale) => titles[locale] !== undefined)
    .flatMap((locale) =>
      [page(locale), brief(locale)].map(({ url, format }, n) => ({
        id: `${n === 0 ? 'page' : 'brief'}-${locale}`,
        documentType: 'contractSummary',
        title: titles[locale] ?? titles[sourceLocale],
        url: baseUrl + url,
        format,
        language: locale,
      })),
    )
}

/** The office's papers, each at an address that asks who is there. */
function papers({ id, sourceLocale }: ExportedAgreement, { documents }: Details, { baseUrl }: OcdsPlace): Json[] {
  const locale = isLocale(sourceLocale) ? sourceLocale : 'en'
  return documents.map((paper) => ({
    id: paper.id,
    documentType: documentType[paper.kind as keyof typeof documentType],
    title: paper.title,
    url: baseUrl + paths.office.documentVersion(locale, id, paper.id, paper.version),
    datePublished: momentOf(paper.createdAt),
    dateModified: momentOf(paper.uploadedAt),
    format: paper.mediaType,
    language: paper.language ?? undefined,
  }))
}

/** RFC 3339, to the second. */
export const momentOf = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'second' })

const zoned = { smallestUnit: 'second', timeZoneName: 'never' } as const

/** The first moment of a day, as ISO 8601 has it. */
export const startOf = (day: string, { officeTimeZone }: OcdsPlace) =>
  Temporal.PlainDate.from(day).toZonedDateTime(officeTimeZone).toString(zoned)

const endOf = (day: Temporal.PlainDate, { officeTimeZone }: OcdsPlace) =>
  day.add({ days: 1 }).toZonedDateTime(officeTimeZone).subtract({ seconds: 1 }).toString(zoned)

const some = (list: readonly Json[] | undefined) => (list === undefined || list.length === 0 ? undefined : list)
