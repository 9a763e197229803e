import type { Actor } from '#features/accounts/model.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { labelsOf } from '#features/agreements/office-titles.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { type BriefToIssue, issueBrief, type IssueContext, prepareBrief } from '#features/issued-briefs/issue.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import { paths, type Query, withQuery } from '#platform/paths.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import type { LongReport } from './choice.ts'
import { type AtOnce, type FileAnswer, languageQuery, queryOf, sizeOf } from './download.ts'
import type { FileSize } from './files.ts'
import { type BriefLanguages, inOrder, languagesAsked } from './languages.ts'
import { now } from './later.ts'
import { agreementBriefFor, countReported, registerReportFor } from './office-queries.ts'

/** What the office's pages say on which a document's languages are chosen. */
export interface OfficeChoice {
  readonly hub: Hub
  /** The kind of document, and of what it is. */
  readonly kind: string
  readonly title: string
  readonly languages: BriefLanguages
  readonly size: FileSize | undefined
  /** Of a report that is too long to wait for: it has to be asked for. */
  readonly long?: LongReport | undefined
  readonly fileHref: string
  readonly action: string
  readonly keep: Readonly<Record<string, readonly string[]>>
  readonly back: { readonly href: string; readonly label: string }
}

type FilePart = Pick<FileAnswer, 'bytes' | 'headers'>

/** @throws DomainError `not_found` where there is no such agreement, or none that the actor may see */
export async function agreementFile(
  context: IssueContext,
  actor: Actor,
  locale: Locale,
  id: string,
  search: URLSearchParams,
): Promise<FilePart> {
  const languages = languagesAsked(locale, search)
  const brief = await agreementToIssue(context, actor, id, languages)
  return answer(context, brief, 'agreement', languages)
}

/** @throws DomainError `report_to_order` for a report that nobody would wait for */
export async function reportFile(
  context: IssueContext & AtOnce,
  actor: Actor,
  locale: Locale,
  search: URLSearchParams,
): Promise<FilePart> {
  const languages = languagesAsked(locale, search)
  const total = await countReported(context, actor, readOfficeFilters(search), languages)
  if (total > context.config.reportAtOnce)
    throw new DomainError('report_to_order', { total, href: reportHref(locale, languages, listQuery(search)) })
  const brief = await reportToIssue(context, actor, search, languages)
  const day = officeDay(context.clock, context.config.officeTimeZone).toString()
  return answer(context, brief, `agreements-${day}`, languages)
}

export async function chooseAgreement(
  context: IssueContext,
  actor: Actor,
  locale: Locale,
  id: string,
  search: URLSearchParams,
): Promise<OfficeChoice> {
  const languages = languagesAsked(locale, search)
  const t = translator(locale)
  const { document } = await prepareBrief(context, await agreementToIssue(context, actor, id, languages))
  const labels = await labelsOf(context.database, [id], locale)
  const title = labels.get(id)?.title?.value ?? t('agreements:untitled')
  return {
    hub: await loadHub(context.database),
    kind: t('briefs:kind.agreement'),
    title,
    languages,
    size: await sizeOf(document),
    fileHref: withQuery(paths.office.agreementBriefFile(locale, id), languageQuery(locale, languages)),
    action: paths.office.agreementBrief(locale, id),
    keep: {},
    back: { href: paths.office.agreement(locale, id), label: title },
  }
}

export async function chooseReport(
  context: IssueContext & AtOnce,
  actor: Actor,
  locale: Locale,
  search: URLSearchParams,
): Promise<OfficeChoice> {
  const languages = languagesAsked(locale, search)
  const t = translator(locale)
  const keep = listQuery(search)
  const total = await countReported(context, actor, readOfficeFilters(search), languages)
  const isLong = total > context.config.reportAtOnce
  const size = async () => {
    const { document } = await prepareBrief(context, await reportToIssue(context, actor, search, languages))
    return sizeOf(document)
  }
  return {
    hub: await loadHub(context.database),
    kind: t('briefs:kind.register'),
    title: t('briefs:register.office'),
    languages,
    size: isLong ? undefined : await size(),
    long: isLong ? { total, action: reportHref(locale, languages, keep), token: newId() } : undefined,
    fileHref: withQuery(paths.office.registerReportFile(locale), { ...languageQuery(locale, languages), ...keep }),
    action: paths.office.registerReport(locale),
    keep,
    back: { href: withQuery(paths.office.agreements(locale), keep), label: t('office:agreements.title') },
  }
}

/** Where a report's languages are chosen, with these chosen. */
function reportHref(locale: Locale, languages: BriefLanguages, keep: Query): string {
  return withQuery(paths.office.registerReport(locale), { ...languageQuery(locale, languages), ...keep })
}

/** The list's own parameters, without its page. */
function listQuery(search: URLSearchParams): Readonly<Record<string, readonly string[]>> {
  const { in: _in, with: _with, page: _page, size: _size, view: _view, ...rest } = queryOf(search)
  return Object.fromEntries(Object.entries(rest).map(([name, values]) => [name, values.filter((one) => one !== '')]))
}

const asOf = (context: IssueContext, at: Temporal.Instant): IssueContext => ({ ...context, clock: { now: () => at } })

type Made = BriefToIssue & { readonly document: DocumentModel }

/** What is made for the office alone is signed and registered as well; its page tells nobody what it is about. */
async function agreementToIssue(
  context: IssueContext,
  actor: Actor,
  id: string,
  languages: BriefLanguages,
): Promise<Made> {
  const again = (at: Temporal.Instant) => agreementBriefFor(asOf(context, at), actor, id, languages)
  return {
    kind: 'agreement',
    document: await again(context.clock.now()),
    languages: inOrder(languages),
    isInternal: true,
    again,
  }
}

async function reportToIssue(
  context: IssueContext,
  actor: Actor,
  search: URLSearchParams,
  languages: BriefLanguages,
): Promise<Made> {
  const again = (at: Temporal.Instant) =>
    registerReportFor(asOf(context, at), actor, readOfficeFilters(search), languages)
  return {
    kind: 'register',
    document: await again(context.clock.now()),
    languages: inOrder(languages),
    isInternal: true,
    again,
  }
}

async function answer(
  context: IssueContext,
  brief: BriefToIssue,
  name: string,
  languages: BriefLanguages,
): Promise<FilePart> {
  const { bytes } = await now(() => issueBrief(context, brief))
  const file = [name, 'internal', ...inOrder(languages)].join('-')
  return {
    bytes,
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${file}.pdf"`,
      'Content-Length': String(bytes.length),
      'Cache-Control': 'private, no-store',
    },
  }
}
