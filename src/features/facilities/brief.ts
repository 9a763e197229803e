import { briefDocument, type Issue, otherNameBlocks, sourceBlocks } from '#features/briefs/document.ts'
import { fact, facts, heading, named, plain, summaryBlocks } from '#features/briefs/parts.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import type { Block, DocumentModel, Run } from '#platform/pdf/model.ts'
import type { FacilityPage } from './queries.ts'

/** A facility's brief; what was only named in the plan of 2018 says so before anything else. */
export function facilityBrief(page: FacilityPage, issue: Issue, canPrint: (text: string) => boolean): DocumentModel {
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
          heading(2, t('portal:catalogue.branches')),
          {
            type: 'list',
            items: entry.branches.map((branch) => [named(branch.name, { href: `${baseUrl}${branch.href}` })]),
          },
        ]
  return briefDocument(issue, 'facility', paths.facility(locale, record.slug), entry.name, [
    ...unverified,
    ...summaryBlocks(page.summary, locale),
    heading(2, t('portal:fact.title')),
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
    ...otherNameBlocks(page.names, locale, canPrint),
    ...branches,
    ...sourceBlocks(content.sources, locale),
    ...(entry.stage === 'named'
      ? []
      : [{ type: 'paragraph', style: 'note', runs: plain(t('portal:stage.note')) } as const]),
  ])
}
