import { networkOfCountry } from '#features/countries/brief.ts'
import { showCountry } from '#features/countries/queries.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import type { Scene } from '#platform/charts/scene.ts'
import { type IssueContext, prepareBrief } from '#features/issued-briefs/issue.ts'
import { publicBrief } from '#features/issued-briefs/public-briefs.ts'
import { announceChange } from '#platform/changes.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths, withQuery } from '#platform/paths.ts'
import {
  type AskedBrief,
  type AtOnce,
  choiceHref,
  fileHref,
  languageQuery,
  longReport,
  queryOf,
  sizeOf,
  subjectOf,
} from './download.ts'
import type { FileSize } from './files.ts'
import { type BriefLanguages, languagesAsked } from './languages.ts'
import { segments } from './model.ts'
import { briefOf, type BriefSubject } from './queries.ts'

/** A report that is too long to wait for. */
export interface LongReport {
  /** Agreements. */
  readonly total: number
  /** Where the form goes that asks for it. */
  readonly action: string
  /** Of the form, where it is sent by somebody who is known. */
  readonly token?: string
}

/** What the page says on which a brief's languages are chosen. */
export interface BriefChoice {
  readonly hub: Hub
  readonly subject: BriefSubject
  /** Of the brief, in the reader's language. */
  readonly title: string
  readonly languages: BriefLanguages
  /** Undefined while a long one is being laid out. */
  readonly size: FileSize | undefined
  /** Of a report that is too long to wait for: it has to be asked for. */
  readonly long: LongReport | undefined
  /** Of the page: dropped when the size is known. */
  readonly tag: string
  readonly fileHref: string
  /** A country's network drawn: there is no other page about it. */
  readonly network: { readonly scene: Scene; readonly alt: string } | undefined
}

/**
 * A brief in the languages that an address asks for: laid out, so that its size and pages are known, and kept for whoever
 * downloads it then. Or the address that the record has now.
 */
export async function chooseBrief(
  context: IssueContext & AtOnce,
  locale: Locale,
  asked: AskedBrief,
  search: URLSearchParams,
): Promise<BriefChoice | { readonly movedTo: string }> {
  const languages = languagesAsked(locale, search)
  const subject = subjectOf(asked, search)
  const tag = `briefs:${segments[subject.kind]}/${subject.slug}`
  const total = await longReport(context, subject, languages)
  if (total !== undefined) {
    const query = { ...languageQuery(locale, languages), ...queryOf(subject.search) }
    return {
      hub: await loadHub(context.database),
      subject,
      title: translator(locale)('portal:agreements.title'),
      languages,
      size: undefined,
      long: { total, action: withQuery(paths.longReport(locale), query) },
      tag,
      fileHref: fileHref(subject, languages),
      network: undefined,
    }
  }
  const found = await publicBrief(context, subject, languages)
  if ('movedTo' in found) return { movedTo: choiceHref(locale, { ...subject, slug: found.movedTo }, languages) }
  const { document } = await prepareBrief(context, found)
  const own = await briefOf(context, subject, { first: locale, second: undefined })
  return {
    hub: await loadHub(context.database),
    subject,
    title: 'movedTo' in own ? found.document.title : own.document.title,
    languages,
    size: await sizeOf(document, () => context.database.transaction((tx) => announceChange(tx, [tag]))),
    long: undefined,
    tag,
    fileHref: fileHref(subject, languages),
    network:
      subject.kind === 'country'
        ? networkOfCountry(await showCountry(context.database, locale, subject.slug), locale)
        : undefined,
  }
}
