import type { Draft } from '#features/briefs/draft.ts'
import { briefDocument, type Issue, otherNameBlocks, sourceBlocks } from '#features/briefs/document.ts'
import { agreementBlocks, labBlocks } from '#features/briefs/related.ts'
import { fact, facts, heading, named, paragraph, summaryBlocks } from '#features/briefs/parts.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import type { PartnerPage } from './profile.ts'

/** A partner's brief: who it is, in which languages it has a name, what it shares with others, where that was read. */
export function partnerBrief(page: PartnerPage, issue: Issue, canPrint: (text: string) => boolean): Draft {
  const { locale, baseUrl } = issue
  const t = translator(locale)
  const { record, entry } = page
  const { content } = record
  const separator = t('portal:list.separator')
  const note = content.standing === 'listed' ? t('portal:standing.listed_note') : t('portal:standing.confirmed_note')
  return briefDocument(issue, {
    kind: 'partner',
    path: paths.partner(locale, record.slug),
    name: page.name,
    blocks: [
      ...summaryBlocks(page.summary, locale),
      heading(2, t('portal:fact.title')),
      ...facts([
        fact(t('portal:fact.kind'), entry.kind),
        fact(t('portal:fact.place'), entry.place),
        fact(
          t('portal:fact.established'),
          content.established === null ? null : formatDate(content.established, locale),
        ),
        fact(
          t('portal:fact.acronyms'),
          content.acronyms.length === 0 ? null : [{ text: content.acronyms.join(', '), lang: 'en' }],
        ),
        fact(
          t('portal:fact.parent'),
          page.parent === undefined ? null : [named(page.parent.name, { href: `${baseUrl}${page.parent.href}` })],
        ),
        fact(t('portal:fact.fields'), page.fields.map((field) => field.label).join(separator)),
        fact(
          t('portal:fact.website'),
          content.website === null ? null : [{ text: content.website, href: content.website, lang: 'en' }],
        ),
        fact(
          t('portal:fact.ror'),
          content.ror === null ? null : [{ text: content.ror, href: content.ror, lang: 'en' }],
        ),
        fact(t('portal:fact.standing'), t(`terms:standing.${content.standing}`)),
      ]),
      paragraph(`${note}${locale === 'zh' ? '' : ' '}${t('briefs:correction')}`),
      ...otherNameBlocks(page.names, issue, canPrint),
      ...labBlocks(page.labs, t('portal:related.labs'), issue),
      ...agreementBlocks(page.agreements, issue),
      ...sourceBlocks(content.sources, locale),
    ],
  })
}
