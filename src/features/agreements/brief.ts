import type { Draft, Part } from '#features/briefs/draft.ts'
import { briefDocument, type Issue, otherNameBlocks, sourceBlocks } from '#features/briefs/document.ts'
import { columns, fact, facts, heading, named, plain, summaryBlocks } from '#features/briefs/parts.ts'
import { timelineDrawing } from '#features/milestones/brief.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { translator } from '#platform/i18n/translate.ts'
import { bounds } from '#platform/partial-date.ts'
import { paths } from '#platform/paths.ts'
import { roleLabel, stateLabel } from './labels.ts'
import type { AgreementPage } from './page.ts'

/** An agreement's brief: what the public register says of it; a reported one is headed as such. */
export function agreementBrief(page: AgreementPage, issue: Issue, canPrint: (text: string) => boolean): Draft {
  const { locale, baseUrl } = issue
  const t = translator(locale)
  const { record, entry } = page
  const { content } = record
  const separator = t('portal:list.separator')
  const date = (value: typeof content.signed) => (value === null ? null : formatDate(value, locale))
  const reported: Part[] = entry.reported
    ? [
        {
          type: 'notice',
          runs: [
            { text: t('portal:agreements.reported'), weight: 'bold' },
            { text: `\n${t('portal:agreements.reported_note')}` },
          ],
        },
      ]
    : []
  const labs: Part[] =
    page.labs.length === 0
      ? []
      : [
          heading(2, t('portal:related.lab')),
          { type: 'list', items: page.labs.map((lab) => [named(lab.name, { href: `${baseUrl}${lab.href}` })]) },
        ]
  const blocks: Part[] = [
    ...reported,
    ...summaryBlocks(page.summary, locale),
    heading(2, t('portal:fact.parties')),
    {
      type: 'table',
      columns: columns([t('briefs:column.party'), 6], [t('briefs:column.country'), 2], [t('briefs:column.role'), 2]),
      rows: page.parties.map((party) => [
        [
          named(party.name, party.href === undefined ? {} : { href: `${baseUrl}${party.href}` }),
          ...party.otherNames
            .filter(({ value }) => canPrint(value))
            .flatMap((other) => [...plain(' · '), named(other)]),
        ],
        plain(party.country ?? ''),
        plain(party.role === undefined ? '' : roleLabel(t, party.role)),
      ]),
    },
    heading(2, t('portal:fact.title')),
    ...facts([
      fact(t('portal:fact.kind'), entry.kind),
      fact(t('portal:fact.reference'), content.reference),
      fact(t('portal:fact.state'), content.state === null ? null : stateLabel(t, content.state)),
      fact(t('portal:fact.signed'), date(content.signed)),
      fact(t('portal:fact.effective'), date(content.effective)),
      fact(t('portal:fact.ends'), date(content.ends)),
      fact(t('portal:fact.fields'), page.fields.map((field) => field.label).join(separator)),
    ]),
    ...termBlocks(page, issue),
    ...otherNameBlocks(page.titles, issue, canPrint),
    ...labs,
    ...sourceBlocks(content.sources, locale),
  ]
  return briefDocument(issue, {
    kind: 'agreement',
    path: paths.agreement(locale, record.slug),
    name: entry.title,
    blocks,
  })
}

/** The term drawn, where its beginning and its end are public. */
function termBlocks({ record }: AgreementPage, { locale, day }: Issue): Part[] {
  const { signed, effective, ends } = record.content
  const begins = effective ?? signed
  if (begins === null || ends === null) return []
  const term = { from: bounds(begins).first, to: bounds(ends).last, openEnded: false }
  return [
    heading(2, translator(locale)('portal:fact.term')),
    timelineDrawing({ today: day, term, deadlines: [], items: [] }, locale),
  ]
}
