import type { Draft } from '#features/briefs/draft.ts'
import { briefDocument, type Issue, otherNameBlocks, sourceBlocks } from '#features/briefs/document.ts'
import { fact, facts, heading, named, paragraph, summaryBlocks } from '#features/briefs/parts.ts'
import { agreementBlocks } from '#features/briefs/related.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import type { Run } from '#platform/pdf/model.ts'
import type { LabPage } from './page.ts'

/** A lab's brief: what it is, who hosts it, how far it has come as its sources say. */
export function labBrief(page: LabPage, issue: Issue, canPrint: (text: string) => boolean): Draft {
  const { locale, baseUrl } = issue
  const t = translator(locale)
  const { record, entry } = page
  const { content } = record
  const separator = t('portal:list.separator')
  const hosts = entry.hosts.flatMap((host, index): Run[] => [
    ...(index === 0 ? [] : [{ text: separator }]),
    named(host.name, host.href === undefined ? {} : { href: `${baseUrl}${host.href}` }),
  ])
  return briefDocument(issue, {
    kind: 'lab',
    path: paths.lab(locale, record.slug),
    name: entry.name,
    blocks: [
      ...summaryBlocks(page.summary, locale),
      heading(2, t('portal:fact.title')),
      ...facts([
        fact(t('portal:fact.kind'), entry.kind),
        fact(t('portal:fact.stage'), entry.stageLabel),
        fact(t('portal:fact.countries'), entry.countries.join(separator)),
        fact(t('portal:fact.places'), page.cities.join(separator)),
        fact(t('portal:fact.hosts'), hosts.length === 0 ? t('portal:fact.hosts_unknown') : hosts),
        fact(t('portal:fact.started'), content.started === null ? null : formatDate(content.started, locale)),
        fact(
          t('portal:fact.inaugurated'),
          content.inaugurated === null ? null : formatDate(content.inaugurated, locale),
        ),
        fact(t('portal:fact.fields'), page.fields.map((field) => field.label).join(separator)),
      ]),
      paragraph(t('portal:stage.note')),
      ...otherNameBlocks(page.names, issue, canPrint),
      ...agreementBlocks(page.agreements, issue),
      ...sourceBlocks(content.sources, locale),
    ],
  })
}
