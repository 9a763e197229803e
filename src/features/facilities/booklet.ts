import { briefDocument, type Issue, sourceList } from '#features/briefs/document.ts'
import type { Draft, Part } from '#features/briefs/draft.ts'
import { heading, named, paragraph, plain } from '#features/briefs/parts.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { facilityBlocks } from './brief.ts'
import type { FacilityPage } from './queries.ts'

/** The catalogue as a booklet: a cover, the contents, and a page for each centre, base and platform. */
export function catalogueBooklet(
  pages: readonly FacilityPage[],
  issue: Issue,
  canPrint: (text: string) => boolean,
): Draft {
  const { locale } = issue
  const t = translator(locale)
  const entries = pages.flatMap((page): Part[] => [
    { type: 'pageBreak' },
    heading(2, [named(page.entry.name)]),
    ...facilityBlocks(page, issue, canPrint, 3),
  ])
  const withSources = pages.filter(({ record }) => record.content.sources.length > 0)
  const sources = withSources.flatMap(({ entry, record }): Part[] => [
    heading(3, [named(entry.name)]),
    sourceList(record.content.sources),
  ])
  return briefDocument(issue, {
    kind: 'catalogue',
    path: paths.catalogue(locale),
    name: { value: t('portal:home.catalogue'), lang: '' },
    cover: { subtitle: plain(t('portal:catalogue.lead')) },
    blocks:
      pages.length === 0
        ? [paragraph(t('briefs:none'), 'body')]
        : [
            heading(2, t('briefs:contents')),
            { type: 'contents' },
            paragraph(t('portal:stage.note')),
            ...entries,
            ...(sources.length === 0
              ? []
              : [{ type: 'pageBreak' } as const, heading(2, t('portal:sources.title')), ...sources]),
          ],
  })
}
