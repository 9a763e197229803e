import type { AgreementEntry } from '#features/agreements/list.ts'
import type { LabEntry } from '#features/labs/list.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { Block } from '#platform/pdf/model.ts'
import type { Issue } from './document.ts'
import { columns, heading, named, plain } from './parts.ts'

/** The labs of a record as a table; nothing where it has none. */
export function labBlocks(labs: readonly LabEntry[], title: string, { locale, baseUrl }: Issue): Block[] {
  if (labs.length === 0) return []
  const t = translator(locale)
  return [
    heading(2, title),
    {
      type: 'table',
      columns: columns([t('briefs:column.lab'), 6], [t('briefs:column.country'), 2], [t('briefs:column.stage'), 2]),
      rows: labs.map((lab) => [
        [named(lab.name, { href: `${baseUrl}${lab.href}` })],
        plain(lab.countries.join(t('portal:list.separator'))),
        plain(lab.stageLabel),
      ]),
    },
  ]
}

/** The public agreements of a record as a table; nothing where it has none. */
export function agreementBlocks(agreements: readonly AgreementEntry[], { locale, baseUrl }: Issue): Block[] {
  if (agreements.length === 0) return []
  const t = translator(locale)
  return [
    heading(2, t('portal:related.agreements')),
    {
      type: 'table',
      ...(agreements.some((agreement) => agreement.reported) && {
        caption: plain(t('portal:agreements.reported_note')),
      }),
      columns: columns([t('briefs:column.agreement'), 6], [t('briefs:column.kind'), 2.5], [t('briefs:column.date'), 2]),
      rows: agreements.map((agreement) => [
        [named(agreement.title, { href: `${baseUrl}${agreement.href}` })],
        plain(agreement.kind),
        plain(agreement.date === null ? '' : formatDate(agreement.date, locale)),
      ]),
    },
  ]
}
