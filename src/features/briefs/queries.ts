import type { Database } from '#db/client.ts'
import { agreementBrief } from '#features/agreements/brief.ts'
import { agreementEntry } from '#features/agreements/list.ts'
import type { AgreementKind } from '#features/agreements/model.ts'
import { readRegisterFilters, registerFilterLabels, showAgreement } from '#features/agreements/queries.ts'
import { registerReport, type ReportRow } from '#features/agreements/register-report.ts'
import { countReleased, releasedBatches } from '#features/agreements/released.ts'
import { countryBrief } from '#features/countries/brief.ts'
import { showCountry } from '#features/countries/queries.ts'
import { catalogueBooklet } from '#features/facilities/booklet.ts'
import { facilityBrief } from '#features/facilities/brief.ts'
import { showBooklet, showFacility } from '#features/facilities/queries.ts'
import { loadHub } from '#features/hub/queries.ts'
import { labBrief } from '#features/labs/brief.ts'
import { showLab } from '#features/labs/queries.ts'
import { partnerBrief } from '#features/partners/brief.ts'
import { showPartner } from '#features/partners/queries.ts'
import { filterQuery } from '#features/publications/filters.ts'
import { publishedShelves } from '#features/publications/queries.ts'
import type { Published, Shelf } from '#features/publications/shelf.ts'
import { type Clock, officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { canPrint } from '#platform/pdf/document.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import type { Issue } from './document.ts'
import { type Draft, finished } from './draft.ts'
import { type BriefLanguages, inOrder } from './languages.ts'
import { type BriefKind, wholeKinds, wholeSlug } from './model.ts'
import { sideBySide } from './side-by-side.ts'

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
 * Agreements that a report made for a visitor of the site holds at most: some six hundred pages, which take a good part
 * of a minute. The command line has no such bound.
 */
export const mostReported = 5000

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
  most = mostReported,
): Promise<{ readonly document: DocumentModel } | MovedTo> {
  if (wholeKinds.includes(subject.kind) && subject.slug !== wholeSlug) throw new DomainError('not_found')
  if (subject.kind === 'register') {
    const search = subject.search ?? new URLSearchParams()
    return { document: documentIn(await registerDrafts(context, search, languages, most)) }
  }
  const drafts: Draft[] = []
  for (const locale of inOrder(languages)) {
    const draft = await draftOf(context, subject, locale, languages)
    if ('movedTo' in draft) return draft
    drafts.push(draft)
  }
  return { document: documentIn(drafts) }
}

/** One draft as it is, or two side by side. */
export function documentIn([one, other]: readonly Draft[]): DocumentModel {
  if (one === undefined) throw new Error('a document in no language')
  return finished(other === undefined ? one : sideBySide(one, other))
}

/** What a document in a language is issued with, but for the hub. */
export function issueIn(
  { clock, config }: BriefContext,
  locale: Locale,
  languages: BriefLanguages,
): Omit<Issue, 'hub'> {
  const day = officeDay(clock, config.officeTimeZone)
  return { locale, languages: inOrder(languages), day, baseUrl: config.baseUrl }
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

async function registerDrafts(
  context: BriefContext,
  search: URLSearchParams,
  languages: BriefLanguages,
  most: number,
): Promise<Draft[]> {
  const { database, config } = context
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  const filters = readRegisterFilters(hub, search)
  refuseMore(await countReleased(database, filters), most)
  const each = inOrder(languages).map((locale) => ({ locale, rows: [] as ReportRow[] }))
  for await (const batch of releasedBatches(database, filters)) {
    for (const { locale, rows } of each) {
      rows.push(...batch.map((record) => rowOf(record, shelves.partner, locale, config.baseUrl)))
    }
  }
  return each.map(({ locale, rows }) => {
    const path = withQuery(paths.agreements(locale), filterQuery({ ...filters, page: 1 }))
    const narrowed = registerFilterLabels(hub, filters, locale)
    return registerReport({ rows, narrowed, path }, { ...issueIn(context, locale, languages), hub })
  })
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
