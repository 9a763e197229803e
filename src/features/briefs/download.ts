import { DomainError } from '#platform/errors.ts'
import { issueBrief, type IssueContext } from '#features/issued-briefs/issue.ts'
import { publicBrief } from '#features/issued-briefs/public-briefs.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { paths, withQuery } from '#platform/paths.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { briefFile, type FileSize, knownSize, sizeKeyOf } from './files.ts'
import { type BriefLanguages, languagesAsked } from './languages.ts'
import { later, now } from './later.ts'
import { type BriefKind, kindOfSegment, segments, wholeKinds, wholeSlug } from './model.ts'
import { type BriefSubject, countPublic } from './queries.ts'

/** What public briefs are made from: a change of any of these makes them anew. */
export const briefTags = ['partner', 'lab', 'facility', 'agreement', 'hub'] as const

/** What the site makes while somebody waits. */
export interface AtOnce {
  readonly config: { readonly reportAtOnce: number }
}

/** What an address asks for, before it is known whether there is such a thing. */
export interface AskedBrief {
  readonly segment: string | undefined
  readonly slug: string
}

/** A file as an answer. */
export interface FileAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
  readonly tags: readonly string[]
}

/** @throws DomainError `not_found` for a kind that does not exist */
export function subjectOf({ segment, slug }: AskedBrief, search: URLSearchParams): BriefSubject {
  const kind = kindOfSegment(segment)
  if (kind === undefined) throw new DomainError('not_found')
  return { kind, slug, search: filtersOf(kind, search) }
}

/** The parameters that are no languages. */
export function filtersOf(kind: BriefKind, search: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams()
  if (kind !== 'register') return rest
  for (const [name, value] of search) if (name !== 'in' && name !== 'with' && value !== '') rest.append(name, value)
  return rest
}

/**
 * The file of a brief, signed and entered into the register of issued briefs; or the address that it has now.
 * @throws DomainError `report_to_order` for a report that nobody would wait for
 */
export async function publicBriefFile(
  context: IssueContext & AtOnce,
  locale: Locale,
  asked: AskedBrief,
  search: URLSearchParams,
): Promise<FileAnswer | { readonly movedTo: string }> {
  const languages = languagesAsked(locale, search)
  const subject = subjectOf(asked, search)
  const total = await longReport(context, subject, languages)
  if (total !== undefined)
    throw new DomainError('report_to_order', { total, href: choiceHref(locale, subject, languages) })
  const found = await publicBrief(context, subject, languages)
  if ('movedTo' in found) return { movedTo: fileHref({ ...subject, slug: found.movedTo }, languages) }
  const { bytes, sha256 } = await now(() => issueBrief(context, found))
  return {
    bytes,
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${fileName(subject, languages)}"`,
      'Content-Length': String(bytes.length),
      ETag: `"${sha256.slice(0, 32)}"`,
    },
    tags: briefTags,
  }
}

/** Where the file of a brief is. */
export function fileHref({ kind, slug, search }: BriefSubject, { first, second }: BriefLanguages): string {
  return withQuery(paths.brief(first, segments[kind], slug), { with: second, ...queryOf(search) })
}

/** Where its languages are chosen, with these chosen. */
export function choiceHref(locale: Locale, { kind, slug, search }: BriefSubject, languages: BriefLanguages): string {
  const query = { ...languageQuery(locale, languages), ...queryOf(search) }
  return withQuery(paths.briefChoice(locale, segments[kind], slug), query)
}

/** Languages as an address says them that is in one itself. */
export function languageQuery(locale: Locale, { first, second }: BriefLanguages) {
  return { in: first === locale ? undefined : first, with: second }
}

/**
 * How many agreements a report has that is too long to wait for; undefined for every other brief.
 * @throws DomainError `report_too_long` for one that the site does not make at all
 */
export async function longReport(
  context: IssueContext & AtOnce,
  subject: BriefSubject,
  languages: BriefLanguages,
): Promise<number | undefined> {
  if (subject.kind !== 'register' || subject.slug !== wholeSlug) return undefined
  const total = await countPublic(context, subject.search ?? new URLSearchParams(), languages)
  return total > context.config.reportAtOnce ? total : undefined
}

/** A query as paths are made from. */
export function queryOf(search: URLSearchParams | undefined): Readonly<Record<string, readonly string[]>> {
  const names = [...new Set(search?.keys() ?? [])]
  return Object.fromEntries(names.map((name) => [name, search?.getAll(name) ?? []]))
}

function fileName({ kind, slug }: BriefSubject, { first, second }: BriefLanguages): string {
  const name = wholeKinds.includes(kind) ? kind : slug
  return `${[name, first, ...(second === undefined ? [] : [second])].join('-')}.pdf`
}

/** Characters of a document up to which one waits for it to be laid out: some fifty pages. */
const shortEnough = 150_000

/**
 * A document's size and pages, which are only known once it is laid out. A long one is laid out when nobody waits for
 * another; until then it is undefined.
 * @param whenKnown done after that
 */
export async function sizeOf(
  document: DocumentModel,
  whenKnown: () => Promise<void> = () => Promise.resolve(),
): Promise<FileSize | undefined> {
  const key = sizeKeyOf(document)
  const known = knownSize(key)
  if (known !== undefined) return known
  if (JSON.stringify(document).length > shortEnough) {
    later(key, async () => {
      await briefFile(document)
      await whenKnown()
    })
    return undefined
  }
  const { pages, sizeBytes } = await now(() => briefFile(document))
  return { pages, sizeBytes }
}
