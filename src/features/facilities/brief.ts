import type { Draft } from '#features/briefs/draft.ts'
import { briefDocument, type Issue, otherNameBlocks, sourceBlocks } from '#features/briefs/document.ts'
import { fact, facts, heading, named, paragraph, plain, summaryBlocks } from '#features/briefs/parts.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import type { Block, Run } from '#platform/pdf/model.ts'
import type { FacilityPage } from './queries.ts'

/** A facility's brief. */
export function facilityBrief(page: FacilityPage, issue: Issue, canPrint: (text: string) => boolean): Draft {
  return briefDocument(issue, {
    kind: 'facility',
    path: paths.facility(issue.locale, page.record.slug),
    name: page.entry.name,
    blocks: facilityBlocks(page, issue, canPrint),
  })
}

/**
 * What is known of a facility; what was only named in the plan of 2018 says so before anything else.
 * @param level of the headings of its parts; where it is a part of something itself, its facts need none
 */
export function facilityBlocks(
  page: FacilityPage,
  issue: Issue,
  canPrint: (text: string) => boolean,
  level: 2 | 3 = 2,
): Block[] {
  const { locale, baseUrl } = issue
  const t = translator(locale)
  const { record, entry } = page
  const { content } = record
  const separator = t('portal:list.separator')
  const unverified: Block[] =
    entry.stage === 'named' ? [{ type: 'notice', runs: plain(t('portal:stage.named_note')) }] : []
  const hosts = page.hosts.flatMap((host, index): Run[] => [
    ...(index === 0 ? [] : [{ text: separator }]),
    named(host.name, host.href === undefined ? {} : { href: `${baseUrl}${host.href}` }),
  ])
  const branches: Block[] =
    entry.branches.length === 0
      ? []
      : [
          heading(level, t('portal:catalogue.branches')),
          {
            type: 'list',
            items: entry.branches.map((branch) => [named(branch.name, { href: `${baseUrl}${branch.href}` })]),
          },
        ]
  return [
    ...unverified,
    ...summaryBlocks(page.summary, locale),
    ...(level === 2 ? [heading(level, t('portal:fact.title'))] : []),
    ...facts([
      fact(t('portal:fact.kind'), entry.kindLabel),
      fact(t('portal:fact.stage'), entry.stageLabel),
      fact(
        t('portal:fact.parent'),
        page.parent === undefined ? null : [named(page.parent.name, { href: `${baseUrl}${page.parent.href}` })],
      ),
      fact(t('portal:fact.place'), entry.city),
      fact(t('portal:fact.established'), content.established === null ? null : formatDate(content.established, locale)),
      fact(t('portal:fact.hosts'), hosts),
      fact(t('portal:fact.fields'), entry.fields.join(separator)),
      fact(
        t('portal:fact.website'),
        content.website === null ? null : [{ text: content.website, href: content.website, lang: 'en' }],
      ),
    ]),
    ...(entry.stage === 'named' || level !== 2 ? [] : [paragraph(t('portal:stage.note'))]),
    // In a booklet the sources stand together at its end, and two languages have no room for further names.
    ...(level === 2 || issue.languages.length === 1 ? otherNameBlocks(page.names, issue, canPrint, level) : []),
    ...branches,
    ...(level === 2 ? sourceBlocks(content.sources, locale) : []),
  ]
}
