import type { Database } from '#db/client.ts'
import { agreementBrief } from '#features/agreements/brief.ts'
import { agreementEntry } from '#features/agreements/list.ts'
import type { AgreementKind } from '#features/agreements/model.ts'
import { readRegisterFilters, registerFilterLabels, showAgreement } from '#features/agreements/queries.ts'
import type { ReportRow } from '#features/agreements/register-report.ts'
import { countReleased, releasedBatches } from '#features/agreements/released.ts'
import { countryBrief } from '#features/countries/brief.ts'
import { showCountry } from '#features/countries/queries.ts'
import { catalogueBooklet } from '#features/facilities/booklet.ts'
import { facilityBrief } from '#features/facilities/brief.ts'
import { showBooklet, showFacility } from '#features/facilities/queries.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { labBrief } from '#features/labs/brief.ts'
import { showLab } from '#features/labs/queries.ts'
import { partnerBrief } from '#features/partners/brief.ts'
import { showPartner } from '#features/partners/queries.ts'
import { type Filters, filterQuery } from '#features/publications/filters.ts'
import { publishedShelves } from '#features/publications/queries.ts'
import type { Published, Shelf } from '#features/publications/shelf.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { paths, type Query, withQuery } from '#platform/paths.ts'
import { canPrint } from '#platform/pdf/document.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import type { Draft } from './draft.ts'
import { documentIn, issueIn } from './in-languages.ts'
import { type BriefLanguages, inOrder } from './languages.ts'
import { type BriefKind, wholeKinds, wholeSlug } from './model.ts'
import { registerDocument, type ReportReading } from './register-document.ts'

export interface BriefContext {
  readonly database: Database
  readonly clock: Clock
  readonly config: { readonly baseUrl: string; readonly officeTimeZone: string }
}

/** Which brief: of a record by its slug, of a country by its code, of the whole catalogue, or of a list of the register. */
export interface BriefSubject {
  readonly kind: BriefKind
  /** `all` for what is no record. */
  readonly slug: string
  /** Filters of the register, as its own page reads them. */
  readonly search?: URLSearchParams
}

/**
 * Agreements that a report made by the site holds at most, for the memory that it takes: in two languages it has three
 * times the pages. The command line has no such bound.
 */
export const mostReported = ({ second }: BriefLanguages): number => (second === undefined ? 100_000 : 60_000)

type MovedTo = { readonly movedTo: string }

/**
 * A brief of what is published, as a document to be laid out, or the slug that the record has now.
 * @param most agreements in a report of the register
 * @throws DomainError `not_found` or `gone`; for a register's filters as its list, and `report_too_long`.
 */
export async function briefOf(
  context: BriefContext,
  subject: BriefSubject,
  languages: BriefLanguages,
  most = mostReported(languages),
): Promise<{ readonly document: DocumentModel } | MovedTo> {
  if (wholeKinds.includes(subject.kind) && subject.slug !== wholeSlug) throw new DomainError('not_found')
  if (subject.kind === 'register') {
    const search = subject.search ?? new URLSearchParams()
    return { document: await registerReportOf(context, search, languages, { most }) }
  }
  const drafts: Draft[] = []
  for (const locale of inOrder(languages)) {
    const draft = await draftOf(context, subject, locale, languages)
    if ('movedTo' in draft) return draft
    drafts.push(draft)
  }
  return { document: documentIn(drafts) }
}

async function draftOf(
  context: BriefContext,
  { kind, slug }: BriefSubject,
  locale: Locale,
  languages: BriefLanguages,
): Promise<Draft | MovedTo> {
  const { database } = context
  const issue = issueIn(context, locale, languages)
  switch (kind) {
    case 'partner': {
      const page = await showPartner(database, locale, slug)
      return 'movedTo' in page ? page : partnerBrief(page, { ...issue, hub: page.hub }, canPrint)
    }
    case 'lab': {
      const page = await showLab(database, locale, slug)
      return 'movedTo' in page ? page : labBrief(page, { ...issue, hub: page.hub }, canPrint)
    }
    case 'facility': {
      const page = await showFacility(database, locale, slug)
      return 'movedTo' in page ? page : facilityBrief(page, { ...issue, hub: page.hub }, canPrint)
    }
    case 'agreement': {
      const page = await showAgreement(database, locale, slug)
      return 'movedTo' in page ? page : agreementBrief(page, { ...issue, hub: page.hub }, canPrint)
    }
    case 'country': {
      // Sorted by the names of the first language, in both.
      const page = await showCountry(database, locale, slug, languages.first)
      return countryBrief(page, { ...issue, hub: page.hub })
    }
    case 'catalogue': {
      const { hub, pages } = await showBooklet(database, locale)
      return catalogueBooklet(pages, { ...issue, hub }, canPrint)
    }
    case 'register':
      throw new Error('the register is read for all languages at once')
  }
}

/** The list of the public register that an address asks for: what is read of it, and how its address says the same. */
export async function publicList(
  database: Database,
  search: URLSearchParams,
): Promise<{ readonly hub: Hub; readonly filters: Filters; readonly query: Query }> {
  const hub = await loadHub(database)
  // It is narrowed by what one chooses, never by words.
  const filters = { ...readRegisterFilters(hub, search), words: '', page: 1 }
  return { hub, filters, query: filterQuery(filters) }
}

/** How many agreements a report of the public register would have. @throws DomainError `report_too_long` */
export async function countPublic(
  { database }: BriefContext,
  search: URLSearchParams,
  languages: BriefLanguages,
): Promise<number> {
  const { filters } = await publicList(database, search)
  const count = await countReleased(database, filters)
  refuseMore(count, mostReported(languages))
  return count
}

/**
 * The public register as it is filtered, all its pages, read in batches.
 * @throws DomainError as its list, and `report_too_long`
 */
export async function registerReportOf(
  context: BriefContext,
  search: URLSearchParams,
  languages: BriefLanguages,
  { most = mostReported(languages), ...reading }: ReportReading = {},
): Promise<DocumentModel> {
  const { database, config } = context
  const [{ hub, filters, query }, { partner }] = await Promise.all([
    publicList(database, search),
    publishedShelves(database),
  ])
  const total = await countReleased(database, filters)
  refuseMore(total, most)
  async function* batches() {
    for await (const batch of releasedBatches(database, filters)) {
      yield (locale: Locale) => Promise.resolve(batch.map((record) => rowOf(record, partner, locale, config.baseUrl)))
    }
  }
  const list = {
    total,
    batches: batches(),
    narrowed: (locale: Locale) => registerFilterLabels(hub, filters, locale),
    path: (locale: Locale) => withQuery(paths.agreements(locale), query),
    isInternal: false,
  }
  return registerDocument({ ...context, hub }, languages, list, reading)
}

/** @throws DomainError `report_too_long` */
export function refuseMore(total: number, most: number): void {
  if (total > most) throw new DomainError('report_too_long', { total, most })
}

function rowOf(record: Published<'agreement'>, partners: Shelf<'partner'>, locale: Locale, baseUrl: string): ReportRow {
  const { title, href, reference, parties, state } = agreementEntry(record, partners, locale)
  const { signed, ends } = record.content
  return {
    title,
    href: `${baseUrl}${href}`,
    reference,
    parties,
    kind: record.recordKind as AgreementKind,
    state,
    confidential: false,
    signed,
    ends,
    openEnded: false,
  }
}
