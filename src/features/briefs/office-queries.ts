import { and, inArray } from 'drizzle-orm'
import { agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { namesOfUsers, staffWith } from '#features/accounts/queries.ts'
import { choose } from '#features/agreement-exports/select.ts'
import { narrowingLabel } from '#features/agreements/narrowing-label.ts'
import { officeAgreementBrief } from '#features/agreements/office-brief.ts'
import { entriesOf, type OfficeEntry } from '#features/agreements/office-entries.ts'
import { narrowings } from '#features/agreements/narrowings.ts'
import { nobody, type OfficeFilters, officeQuery } from '#features/agreements/office-filters.ts'
import { linkNamesById, partnerNamesById } from '#features/agreements/office-titles.ts'
import type { ReportRow } from '#features/agreements/register-report.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { readAmendments } from '#features/amendments/state.ts'
import { bestName } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { readMilestones } from '#features/milestones/page.ts'
import { readSignedParties } from '#features/signatures/queries.ts'
import { officeDay } from '#platform/clock.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths, type Query, withQuery } from '#platform/paths.ts'
import { canPrint } from '#platform/pdf/document.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { type BriefLanguages, inOrder } from './languages.ts'
import { documentIn, issueIn } from './in-languages.ts'
import { type BriefContext, mostReported, refuseMore } from './queries.ts'
import { registerDocument, type ReportReading } from './register-document.ts'

/** Documents for people inside, made from what the one who asks may see. */

/** @throws DomainError `not_found` where there is no such agreement, or none that the actor may see. */
export async function agreementBriefFor(
  context: BriefContext,
  actor: Actor,
  id: string,
  languages: BriefLanguages,
): Promise<DocumentModel> {
  const drafts = []
  for (const locale of inOrder(languages)) {
    const page = await readMilestones(context, actor, id, translator(locale), locale)
    const { words } = page.record
    const [parties, amendments, partnerNames, linkNames] = await Promise.all([
      readSignedParties(context.database, id),
      readAmendments(context.database, id),
      partnerNamesById(
        context.database,
        words.parties.map((party) => party.partnerId),
      ),
      linkNamesById(context.database, [
        ...words.labs,
        ...words.facilities,
        ...(words.officerId === null ? [] : [words.officerId]),
      ]),
    ])
    const matter = { page, parties, amendments, names: new Map([...partnerNames, ...linkNames]) }
    const issue = { ...issueIn(context, locale, languages), hub: page.hub }
    drafts.push(officeAgreementBrief(matter, issue, canPrint))
  }
  return documentIn(drafts)
}

/** The list's own query, without what is of its pages alone. */
export function reportQuery(filters: OfficeFilters): Query {
  const { size: _size, view: _view, page: _page, ...query } = officeQuery(filters)
  return query
}

/** Which agreements somebody's report is of: all that the list has on all its pages, and that the person may see. */
function chosenFor({ database, clock, config }: BriefContext, actor: Actor, filters: OfficeFilters, locale: Locale) {
  const { officeTimeZone } = config
  const request = { filters, contents: 'all', locale } as const
  return choose(database, actor, request, { today: officeDay(clock, officeTimeZone), officeTimeZone })
}

/** How many agreements somebody's report would have. @throws DomainError `report_too_long` */
export async function countReported(
  context: BriefContext,
  actor: Actor,
  filters: OfficeFilters,
  languages: BriefLanguages,
): Promise<number> {
  const { count } = await chosenFor(context, actor, filters, 'en')
  refuseMore(count, mostReported(languages))
  return count
}

/**
 * The register as it is filtered, all its pages; which agreements they are is settled first, and read in batches.
 * @throws DomainError `report_too_long`
 */
export async function registerReportFor(
  context: BriefContext,
  actor: Actor,
  filters: OfficeFilters,
  languages: BriefLanguages,
  { most = mostReported(languages), ...reading }: ReportReading = {},
): Promise<DocumentModel> {
  const { database, config } = context
  const hub = await loadHub(database)
  const chosen = await chosenFor(context, actor, filters, languages.first)
  refuseMore(chosen.count, most)
  async function* batches() {
    for (const ids of chosen.batches()) {
      const found = await database
        .select()
        .from(agreements)
        .where(and(inArray(agreements.id, [...ids]), visibleTo(actor)))
      const byId = new Map(found.map((row) => [row.id, row]))
      const batch = ids.flatMap((id) => byId.get(id) ?? [])
      yield async (locale: Locale) => {
        const entries = await entriesOf(database, batch, locale)
        return entries.map((entry) => rowOf(entry, locale, config.baseUrl))
      }
    }
  }
  const list = {
    total: chosen.count,
    batches: batches(),
    narrowed: await filterLabels(context, filters),
    path: (locale: Locale) => withQuery(paths.office.agreements(locale), reportQuery(filters)),
    isInternal: true,
  }
  return registerDocument({ ...context, hub }, languages, list, reading)
}

function rowOf(entry: OfficeEntry, locale: Locale, baseUrl: string): ReportRow {
  const { id, reference, parties, kind, state, confidential, signed, ends, openEnded, nextDue, officer } = entry
  return {
    title: entry.title ?? { value: translator(locale)('agreements:untitled'), lang: '' },
    href: baseUrl + paths.office.agreement(locale, id),
    reference,
    parties,
    kind,
    state,
    confidential,
    signed,
    ends,
    openEnded,
    office: { nextDue, officer },
  }
}

/** What the list was narrowed to, in words. */
export async function filterLabels(
  { database }: BriefContext,
  filters: OfficeFilters,
): Promise<(locale: Locale) => string[]> {
  const people = [filters.officer, filters.reviewer].map((id) => (id === undefined || id === nobody ? null : id))
  const [hub, staff, asked, partnerNames] = await Promise.all([
    loadHub(database),
    staffWith(database, 'agreements.record'),
    namesOfUsers(database, people),
    partnerNamesById(database, [filters.partner ?? null]),
  ])
  const officers = [...new Map([...staff.map(({ id, name }) => [id, name] as const), ...asked])].map(([id, name]) => ({
    id,
    name,
  }))
  return (locale) => {
    const partner = bestName(partnerNames.get(filters.partner ?? '') ?? {}, locale)
    return narrowings(filters).map(({ part }) =>
      narrowingLabel(translator(locale), locale, { hub, filters, officers, partner }, part),
    )
  }
}
