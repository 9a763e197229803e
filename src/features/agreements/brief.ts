import { briefDocument, type Issue, otherNameBlocks, sourceBlocks } from '#features/briefs/document.ts'
import { fact, facts, heading, named, plain, summaryBlocks } from '#features/briefs/parts.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import type { Block, DocumentModel } from '#platform/pdf/model.ts'
import type { AgreementState } from './lifecycle.ts'
import type { PartyRole } from './model.ts'
import type { AgreementPage } from './page.ts'

/** An agreement's brief: what the public register says of it; a reported one is headed as such. */
export function agreementBrief(page: AgreementPage, issue: Issue, canPrint: (text: string) => boolean): DocumentModel {
  const { locale, baseUrl } = issue
  const t = translator(locale)
  const { record, entry } = page
  const { content } = record
  const separator = t('portal:list.separator')
  const date = (value: typeof content.signed) => (value === null ? null : formatDate(value, locale))
  const reported: Block[] = entry.reported
    ? [{ type: 'notice', runs: [{ text: t('portal:agreements.reported'), weight: 'bold' }] }]
    : []
  const labs: Block[] =
    page.labs.length === 0
      ? []
      : [
          heading(2, t('portal:related.lab')),
          { type: 'list', items: page.labs.map((lab) => [named(lab.name, { href: `${baseUrl}${lab.href}` })]) },
        ]
  const column = (header: string, share: number) => ({ header: plain(header), align: 'start', share }) as const
  return briefDocument(issue, 'agreement', paths.agreement(locale, record.slug), entry.title, [
    ...reported,
    ...summaryBlocks(page.summary, locale),
    heading(2, t('portal:fact.parties')),
    {
      type: 'table',
      columns: [
        column(t('briefs:column.party'), 6),
        column(t('briefs:column.country'), 2),
        column(t('briefs:column.role'), 2),
      ],
      rows: page.parties.map((party) => [
        [
          named(party.name, party.href === undefined ? {} : { href: `${baseUrl}${party.href}` }),
          ...party.otherNames
            .filter(({ value }) => canPrint(value))
            .flatMap((other) => [...plain(' · '), named(other)]),
        ],
        plain(party.country ?? ''),
        plain(party.role === undefined ? '' : t(`agreements:role.${party.role as PartyRole}`)),
      ]),
    },
    heading(2, t('portal:fact.title')),
    ...facts([
      fact(t('portal:fact.kind'), entry.kind),
      fact(t('portal:fact.reference'), content.reference),
      fact(
        t('portal:fact.state'),
        content.state === null ? null : t(`agreements:state.${content.state as AgreementState}`),
      ),
      fact(t('portal:fact.signed'), date(content.signed)),
      fact(t('portal:fact.effective'), date(content.effective)),
      fact(t('portal:fact.ends'), date(content.ends)),
      fact(t('portal:fact.fields'), page.fields.map((field) => field.label).join(separator)),
    ]),
    ...otherNameBlocks(page.titles, locale, canPrint),
    ...labs,
    ...sourceBlocks(content.sources, locale),
    ...(entry.reported
      ? [{ type: 'paragraph', style: 'note', runs: plain(t('portal:agreements.reported_note')) } as const]
      : []),
  ])
}
