import { roleLabel, stateLabel } from '#features/agreements/labels.ts'
import type { AgreementPage } from '#features/agreements/page.ts'
import { type Issue, sourceBlocks } from '#features/briefs/document.ts'
import type { Part } from '#features/briefs/draft.ts'
import { fact, facts, heading, named, paragraph, plain, summaryBlocks } from '#features/briefs/parts.ts'
import { timelineDrawing } from '#features/milestones/brief.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { translator } from '#platform/i18n/translate.ts'
import { bounds } from '#platform/partial-date.ts'
import type { Run, Runs } from '#platform/pdf/model.ts'

/** An agreement among others: shorter than its own brief, its parties and days as facts, its term drawn. */
export function agreementParts(page: AgreementPage, issue: Issue): readonly Part[] {
  const { locale, baseUrl } = issue
  const t = translator(locale)
  const { record, entry } = page
  const { content } = record
  const day = (date: typeof content.signed) => (date === null ? null : formatDate(date, locale))
  const parties = page.parties.flatMap(({ name, href, role }, at): Run[] => [
    ...(at === 0 ? [] : [{ text: '\n' }]),
    named(name, href === undefined ? {} : { href: `${baseUrl}${href}` }),
    ...(role === undefined ? [] : [{ text: ` (${roleLabel(t, role)})` }]),
  ])
  return [
    heading(3, [named(entry.title, { href: `${baseUrl}${entry.href}` })]),
    ...(entry.reported ? [paragraph(t('portal:agreements.reported_note'))] : []),
    ...summaryBlocks(page.summary, locale),
    ...facts([
      fact(t('portal:fact.parties'), parties satisfies Runs),
      fact(t('portal:fact.kind'), entry.kind),
      fact(t('portal:fact.reference'), content.reference === null ? null : plain(content.reference)),
      fact(t('portal:fact.state'), content.state === null ? null : stateLabel(t, content.state)),
      fact(t('portal:fact.signed'), day(content.signed)),
      fact(t('portal:fact.effective'), day(content.effective)),
      fact(t('portal:fact.ends'), day(content.ends)),
      fact(t('portal:fact.fields'), page.fields.map((field) => field.label).join(t('portal:list.separator'))),
    ]),
    ...termOf(page, issue),
    ...sourceBlocks(content.sources, locale),
  ]
}

/** The term drawn, where its beginning and its end are public. */
function termOf({ record }: AgreementPage, { locale, day }: Issue): readonly Part[] {
  const { signed, effective, ends } = record.content
  const begins = effective ?? signed
  if (begins === null || ends === null) return []
  const term = { from: bounds(begins).first, to: bounds(ends).last, openEnded: false }
  return [timelineDrawing({ today: day, term, deadlines: [], items: [] }, locale)]
}
